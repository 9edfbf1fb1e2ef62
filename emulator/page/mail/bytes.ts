/** Bytes, base64 and UTF-8 in a browser. */

export function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** In slices, as a call takes a bounded number of arguments. */
export function base64OfBytes(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

/** Takes both alphabets, with or without padding. Text that is no base64 gives no bytes. */
export function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  let binary: string;
  try {
    binary = atob(
      base64
        .replace(/-/g, '+')
        .replace(/_/g, '/')
        .replace(/\s+|=+$/g, ''),
    );
  } catch {
    return new Uint8Array();
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function base64UrlOfBytes(bytes: Uint8Array): string {
  return base64OfBytes(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
