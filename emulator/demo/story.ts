/**
 * The week that the demo world has behind it: the user connects on Monday morning, and until the next Monday mail goes
 * to and fro through the add-on itself, so that every state the sidebar shows came about as it would for anybody.
 */
import type { CrmSent } from '../core/services';
import { AGENT, COLLEAGUE } from '../world/empty';
import { WorldError } from '../world/error';
import { connect } from '../world/person';
import type { World } from '../world/world';
import { csv, drawing, pdf } from './files';
import { FRIENDS } from './people';
import { floorPlan, tiles } from './pictures';
import type { Play } from './play';

export function playTheWeek(world: World, play: Play): void {
  try {
    connect(world, { user: AGENT.email });
  } catch (error) {
    // Whoever changes the add-on wants a world to look at, and to read why it did not connect.
    if (!(error instanceof WorldError)) throw error;
    world.trouble = error.message;
  }
  const proposal = monday(play);
  tuesday(world, play);
  wednesday(play);
  thursday(play);
  friday(play);
  nextMonday(play, proposal);
}

const PROPOSAL = 'Spring campaign: our proposal';
const ANGEBOT = 'Angebot für Ihre neue Website';
const ESTIMATE = 'お見積りの件';
const NEWS = 'Two free weeks in April';
const SHOOT = 'Photo shoot in May';

/** Gives the proposal to Ana, which the CRM goes on with a week later. */
function monday(play: Play): CrmSent {
  play.until(2, 9);
  const proposal = play.sendFromCrm({
    to: 'ana',
    subject: PROPOSAL,
    html: '<p>Hello Ana,</p><p>as promised, here is our <b>proposal</b> for the spring campaign: three mailings, one landing page, and the tiles as the red thread.</p><p>The PDF has the schedule and the price.</p><p>Best regards<br>Alex</p>',
    files: [
      pdf('proposal.pdf', 'Spring campaign', [
        'Three mailings: March, April, May',
        'One landing page',
        '',
        'Price: 4,800 EUR',
        'Valid until 31 March 2026',
      ]),
    ],
  });
  play.pass();
  play.until(2, 10);
  play.sendFromCrm({
    to: ['ana', 'eleni', 'farah', 'george', 'hanna'],
    kind: 'bulk',
    from: AGENT.email,
    subject: NEWS,
    html: '<p>Hello,</p><p>two weeks in April have come free. If something has been waiting in your drawer, now is the time: just answer this mail.</p><p>Alex Agent<br>Example Agency</p>',
  });
  play.pass();
  play.until(2, 13, 20);
  play.answerAs('ana', {
    subject: `Re: ${PROPOSAL}`,
    body: '<p>Hi Alex,</p><p>this looks lovely. Two questions: could the first mailing wait until the 20th? And may I show you the new tiles for the header?</p><p><img src="cid:tiles.png" alt="Tiles in blue and white" width="160"></p><p>Ana</p>',
    inline: [tiles('tiles.png')],
  });
  play.pass();
  play.until(2, 15);
  play.answerInGmail('ana', {
    subject: `Re: ${PROPOSAL}`,
    body: '<p>Hi Ana,</p><p>yes to both! The 20th is fine, and the tiles are exactly what the header needed.</p><p>Alex</p>',
  });
  play.pass();
  return proposal;
}

function tuesday(world: World, play: Play): void {
  // For a day the sub-account let answers go to the user instead of to the CRM.
  world.switches.set({ replyTo: 'user' });
  play.until(3, 8, 30);
  const offer = play.sendFromCrm({
    to: 'bruno',
    subject: ANGEBOT,
    html: '<p>Sehr geehrter Herr Keller,</p><p>vielen Dank für das gute Gespräch. Anbei unser Angebot für die neue Website mit Referenzseiten und Kontaktformular.</p><p>Mit freundlichen Grüßen<br>Alex Agent</p>',
    files: [
      pdf('Angebot-2026-014.pdf', 'Angebot 2026-014', [
        'Website mit 12 Seiten',
        'Referenzen mit Suche',
        '',
        'Preis: 12.500 EUR',
      ]),
    ],
  });
  play.sendFromCrm({
    to: 'yuki',
    subject: ESTIMATE,
    html: '<p>田中様</p><p>お世話になっております。<br>先日ご相談いただいた日本語サイトのお見積りをお送りいたします。ご確認のほど、よろしくお願いいたします。</p><p>Alex Agent</p>',
  });
  world.switches.set({ replyTo: 'crm' });
  play.pass();
  world.highlevel.track(offer.emailMessageId, 'opened');
  play.until(3, 11, 45);
  play.answerAs('bruno', {
    subject: `AW: ${ANGEBOT}`,
    body: '<p>Guten Tag,</p><p>danke, das gefällt mir. Können die Grundrisse (siehe Anhang) auf die Referenzseiten? Und wie lange gilt der Preis?</p><p>Bruno Keller</p>',
    attachments: [floorPlan('Grundriss-EG.png')],
  });
  play.pass();
  play.until(3, 14);
  play.answerInGmail('bruno', {
    subject: `AW: ${ANGEBOT}`,
    body: '<p>Guten Tag Herr Keller,</p><p>ja, Grundrisse sind eingeplant, mit Vergrößerung auf Klick. Der Preis gilt bis Ende April.</p><p>Alex Agent</p>',
  });
  play.pass();
}

function wednesday(play: Play): void {
  play.until(4, 7, 15);
  play.answerAs('yuki', {
    subject: `Re: ${ESTIMATE}`,
    body: 'Alex様\n\nお見積りありがとうございます。\n社内で確認のうえ、来週ご連絡いたします。\n\n桜商事株式会社\n田中由紀',
  });
  play.pass();
  play.until(4, 9);
  play.sendFromCrm({
    to: 'david',
    kind: 'workflow',
    subject: 'Welcome to Example Agency',
    html: '<p>Hello David,</p><p>thank you for your interest. Here is how we work, in three steps.</p>',
  });
  play.sendFromCrm({
    sender: COLLEAGUE,
    to: 'ivan',
    subject: 'The labels are printed',
    html: '<p>Hello Ivan,</p><p>the labels came back from the printer today, and they shine.</p><p>Casey</p>',
  });
  play.pass();
  play.until(4, 12);
  play.answerAs('ivan', {
    subject: 'Re: The labels are printed',
    body: 'Wonderful, Casey. I will have them fetched on Friday.\n\nIvan',
  });
  play.answerAs('eleni', {
    subject: `Re: ${NEWS}`,
    body: '<p>Καλημέρα Alex,</p><p>το φυλλάδιο για το καλοκαίρι περιμένει εδώ και έναν μήνα. Μπορούμε να μιλήσουμε την Πέμπτη;</p><p>Ελένη</p>',
  });
  play.pass();
  play.until(4, 15, 30);
  play.answerInGmail('eleni', {
    subject: `Re: ${NEWS}`,
    body: '<p>Καλησπέρα Ελένη,</p><p>βεβαίως, την Πέμπτη στις έντεκα.</p><p>Alex</p>',
  });
  play.pass();
}

function thursday(play: Play): void {
  play.until(5, 9);
  play.sendFromCrm({
    to: 'chloe',
    subject: SHOOT,
    html: '<p>Bonjour Chloé,</p><p>would the week of 11 May suit you for the photo shoot? We would need the studio for two days.</p><p>Alex</p>',
  });
  play.pass();
  play.until(5, 10, 10);
  play.answerAs('chloe', {
    subject: `Re: ${SHOOT}`,
    body: '<p>Bonjour Alex,</p><p>the 12th and 13th would be perfect. I copy Sam, who does the light.</p><p>Chloé</p>',
    cc: [FRIENDS.sam],
  });
  play.answerAs('george', {
    subject: `Re: ${NEWS}`,
    body: "Alex,\n\nour spring list needs a home on the web. Titles and prices are attached, forty more to come.\n\nGeorge O'Neill",
    attachments: [
      csv('spring-list.csv', [
        ['title', 'author', 'price'],
        ['The Tide Table', 'M. Byrne', 14.99],
        ['Letters, 1921', 'various, edited by R. Walsh', 22],
        ['A "Short" History of Rain', 'N. Doyle', 18.5],
      ]),
    ],
  });
  play.pass();
  play.until(5, 13);
  play.answerInGmail('chloe', {
    subject: `Re: ${SHOOT}`,
    body: '<p>Chloé, Sam,</p><p>the 12th and 13th it is. I book the van.</p><p>Alex</p>',
    cc: [FRIENDS.sam],
  });
  play.pass();
}

function friday(play: Play): void {
  play.until(6, 9, 30);
  play.answerInGmail('george', {
    subject: `Re: ${NEWS}`,
    body: 'George,\n\nthe table is perfect. Draft on Wednesday.\n\nAlex',
  });
  play.pass();
  play.until(6, 14);
  play.answerAs('bruno', {
    subject: `AW: ${ANGEBOT}`,
    body: 'Einverstanden. Bitte den Vertrag schicken; die Fassade liegt bei.\n\nBruno Keller',
    attachments: [drawing('Fassade.dwg')],
  });
  play.pass();
  play.until(6, 16, 20);
  play.answerAs('ana', {
    subject: `Re: ${PROPOSAL}`,
    body: '<p>Perfect! Then let us begin. Could you send the schedule once more, with the 20th in it?</p><p>Ana</p>',
  });
  play.pass();
}

function nextMonday(play: Play, proposal: CrmSent): void {
  play.until(9, 8, 10);
  play.sendFromCrm({
    to: 'farah',
    subject: 'A booking page for the clinic',
    html: '<p>Dear Farah,</p><p>your receptionists mentioned the telephone. A small booking page could take half of the calls; shall I send you an example?</p><p>Alex</p>',
  });
  play.sendFromCrm({
    to: 'kim',
    subject: 'Your idea for the café',
    html: '<p>Hello Kim,</p><p>I kept thinking about your wall of postcards. Shall we talk this week?</p><p>Alex</p>',
  });
  play.sendFromCrm({
    to: 'ana',
    subject: `Re: ${PROPOSAL}`,
    html: '<p>Hello Ana,</p><p>here is the schedule with the 20th in it. The first draft comes on Thursday.</p><p>Alex</p>',
    replyTo: proposal,
    files: [
      csv('schedule.csv', [
        ['date', 'step'],
        ['2026-03-12', 'first draft'],
        ['2026-03-20', 'first mailing'],
      ]),
    ],
  });
  play.writeAs('david', {
    subject: 'A question before we start',
    body: 'Hello Alex,\n\nI got your welcome mail. Do you also do route maps?\n\nDavid',
  });
  play.pass();
  // The newest answer has come and no pass has seen it yet.
  play.until(9, 8, 40);
  play.answerAs('farah', {
    subject: 'Re: A booking page for the clinic',
    body: '<p>Dear Alex,</p><p>yes please, and with Arabic and French, if that is possible.</p><p>Farah</p>',
  });
}
