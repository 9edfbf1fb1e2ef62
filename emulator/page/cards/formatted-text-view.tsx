/** Draws formatted card text. A link asks the sidebar to open it, as every other link of a card does. */
import type { ComponentChildren } from 'preact';
import { useCardHost } from './actions';
import { parseFormattedText, type TextNode } from './formatted-text';

export function FormattedText({ source }: { source: string }) {
  return <Nodes nodes={parseFormattedText(source)} />;
}

function Nodes({ nodes }: { nodes: readonly TextNode[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <Node key={index} node={node} />
      ))}
    </>
  );
}

function Node({ node }: { node: TextNode }) {
  if (node.kind === 'text') return <>{node.text}</>;
  if (node.kind === 'break') return <br />;
  const inner = <Nodes nodes={node.children} />;
  switch (node.kind) {
    case 'bold':
      return <b>{inner}</b>;
    case 'italic':
      return <i>{inner}</i>;
    case 'underline':
      return <u>{inner}</u>;
    case 'strike':
      return <s>{inner}</s>;
    case 'time':
      return <span>{inner}</span>;
    case 'colour':
      return (
        <span class="coloured" style={{ '--text-colour': node.colour || 'inherit' }}>
          {inner}
        </span>
      );
    case 'link':
      return <Link url={node.url}>{inner}</Link>;
  }
}

function Link({ url, children }: { url: string; children: ComponentChildren }) {
  const host = useCardHost();
  if (url === '') return <span>{children}</span>;
  return (
    <a
      href={url}
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        host.click({ kind: 'link', url, reload: false, overlay: false });
      }}
    >
      {children}
    </a>
  );
}
