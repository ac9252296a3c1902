/** For text between tags and for attribute values in double quotes. Other characters stay as they are; the page is UTF-8. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
