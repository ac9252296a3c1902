import Anser from 'anser';

/** What every ANSI sequence begins with. */
const ESCAPE = '\u001b';

/** A line's text with its ANSI colours; always text, never markup. */
export function LogText({ text }: { text: string }) {
  if (!text.includes(ESCAPE)) return text;
  let at = 0;
  return Anser.ansiToJson(text, { remove_empty: true }).map((piece) => {
    const key = at;
    at += piece.content.length;
    return (
      <span
        key={key}
        style={{
          color: piece.fg === '' || piece.fg === null ? undefined : `rgb(${piece.fg})`,
          fontWeight: piece.decorations.includes('bold') ? 600 : undefined,
          textDecoration: piece.decorations.includes('underline') ? 'underline' : undefined,
        }}
      >
        {piece.content}
      </span>
    );
  });
}
