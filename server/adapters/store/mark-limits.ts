import { LabError } from '@/server/domain/errors';
import { MARK_LIMITS, type RunMarks } from '@/server/domain/run-marks';

/** Tags that differ in case alone are the same tag. */
export const foldTag = (tag: string) => tag.trim().toLowerCase();

/** Trimmed, each tag once, an empty note as none. Throws LabError bad_marks for what is too much or too long. */
export function checkMarks({ tags, note }: RunMarks): RunMarks {
  const unique = new Map<string, string>();
  for (const tag of tags.map(checkTag)) if (!unique.has(foldTag(tag))) unique.set(foldTag(tag), tag);
  if (unique.size > MARK_LIMITS.tags) {
    throw refuse(`There are ${unique.size} tags, and a run can have ${MARK_LIMITS.tags}.`, 'Leave some of them out.');
  }
  return { tags: [...unique.values()], note: checkNote(note) };
}

function checkTag(given: string): string {
  const tag = given.trim().replace(/\s+/g, ' ');
  if (tag === '') throw refuse('One of the tags is empty.', 'Leave it out, or write a word.');
  const length = characters(tag);
  if (length <= MARK_LIMITS.tagCharacters) return tag;
  throw refuse(
    `The tag ${JSON.stringify(tag)} has ${length} characters, and a tag can have ${MARK_LIMITS.tagCharacters}.`,
    'Shorten it; what needs more room belongs into the note.',
  );
}

function checkNote(given: string | null): string | null {
  const note = given?.trim() ?? '';
  const length = characters(note);
  if (length <= MARK_LIMITS.noteCharacters) return note === '' ? null : note;
  throw refuse(`The note has ${length} characters, and a note can have ${MARK_LIMITS.noteCharacters}.`, 'Shorten it.');
}

/** As a reader counts them, not in units of UTF-16. */
const characters = (text: string) => [...text].length;

const refuse = (message: string, remedy: string) => new LabError('bad_marks', message, { remedy });
