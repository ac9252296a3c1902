import { times } from '../domain/wording';
import { gatesSection } from './gates-section';
import { machineSection } from './machine-section';
import { methodSection } from './method-section';
import { noiseSection } from './noise-section';
import { pictureData } from './picture-data';
import { picturesSection } from './pictures-section';
import { repeatSection } from './repeat-section';
import type { ReportDocument, Section } from './report-document';
import { sayTime } from './report-figures';
import type { ReportInput } from './report-input';
import { resultsSection } from './results-section';
import { runsSection } from './runs-section';

/** The whole report in its order: what was found, then how, then all of it. */
export function writeDocument(input: ReportInput): ReportDocument {
  const { record } = input.view;
  return {
    title: record.plan.title,
    subtitle: [sourceId(input), record.state, record.note ?? ''].filter((part) => part !== '').join(' · '),
    question: record.plan.question,
    sections: [
      verdictSection(input),
      resultsSection(input),
      picturesSection(pictureData(input)),
      methodSection(input),
      noiseSection(input),
      gatesSection(input),
      runsSection(input),
      machineSection(input),
      repeatSection(input),
    ],
    made: sayMade(input),
  };
}

/** The id where it was measured, so that a report is the same wherever it is made. */
export function sourceId({ view }: Pick<ReportInput, 'view'>): string {
  return view.record.importedFrom?.id ?? view.record.id;
}

function verdictSection({ view, results }: ReportInput): Section {
  const { progress, record } = view;
  const over = record.state === 'done' || record.state === 'cancelled';
  const counted = `${progress.pairsCounted} of ${times(progress.pairsWanted, 'pair')} ${progress.pairsCounted === 1 ? 'counts' : 'count'}`;
  const ran = over
    ? `${times(progress.runsOver, 'run')} in all`
    : `${progress.runsOver} of ${times(progress.runsExpected, 'run')} are over`;
  const judged = `${progress.valid} valid, ${progress.suspect} suspect, ${progress.invalid} invalid`;
  return {
    title: 'Verdict',
    blocks: [
      { kind: 'headline', text: results.verdict.headline },
      { kind: 'paragraph', text: results.verdict.detail },
      { kind: 'paragraph', text: `${counted}; ${ran}: ${judged}.` },
    ],
  };
}

function sayMade({ view, generatedAt }: ReportInput): string {
  const { importedFrom } = view.record;
  const brought = importedFrom === null ? '' : `, from runs brought in ${sayTime(importedFrom.at)}`;
  return `This report was made ${sayTime(generatedAt)}${brought}.`;
}
