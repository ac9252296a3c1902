import type { FindMatches } from './find-matches';
import { piecesOf } from './text-pieces';

type LogTextProps = { text: string; find: FindMatches | null };

/** A line's text with its ANSI colours and what the filter found in it; always text, never markup. */
export function LogText({ text, find }: LogTextProps) {
  const pieces = piecesOf(text, find);
  if (pieces.length === 1 && pieces[0]?.style === null && !pieces[0].isMatch) return pieces[0].text;
  let at = 0;
  return pieces.map(({ text: part, style, isMatch }) => {
    const key = at;
    at += part.length;
    return isMatch ? (
      <mark
        className="rounded-[2px] bg-accent-line text-fg"
        key={key}
        style={style === null ? undefined : { ...style, color: undefined }}
      >
        {part}
      </mark>
    ) : (
      <span key={key} style={style ?? undefined}>
        {part}
      </span>
    );
  });
}
