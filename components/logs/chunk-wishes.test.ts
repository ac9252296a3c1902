import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogPage } from '@/server/api/types';
import { ChunkWishes } from './chunk-wishes';

type Question = { chunk: number; signal: AbortSignal; answer: (page: LogPage) => void; fail: (error: Error) => void };

function desk() {
  const questions: Question[] = [];
  const pages: number[] = [];
  const failures: unknown[] = [];
  const wishes = new ChunkWishes({
    ask: (chunk, signal) => new Promise((answer, fail) => questions.push({ chunk, signal, answer, fail })),
    onPage: (page) => pages.push(page.chunk),
    onFailure: (error) => failures.push(error),
  });
  const page = (chunk: number): LogPage => ({ chunk, lines: [], complete: true });
  const answer = async (chunk: number) => {
    questions.findLast((question) => question.chunk === chunk)?.answer(page(chunk));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { wishes, questions, pages, failures, answer };
}

describe('the wishes for chunks', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks for nothing that flies by, and for the newest wish once the reader settles', () => {
    const { wishes, questions } = desk();
    for (const chunk of [50, 49, 48]) {
      wishes.want([chunk]);
      vi.advanceTimersByTime(40);
    }
    expect(questions).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(questions.map(({ chunk }) => chunk)).toEqual([48]);
  });

  it('asks for a few at a time, in order of the wish', async () => {
    const { wishes, questions, pages, answer } = desk();
    wishes.want([5, 4, 3, 2, 1]);
    vi.advanceTimersByTime(100);
    expect(questions.map(({ chunk }) => chunk)).toEqual([5, 4, 3]);
    await answer(4);
    expect(questions.map(({ chunk }) => chunk)).toEqual([5, 4, 3, 2]);
    expect(pages).toEqual([4]);
  });

  it('cancels what left the sight and does not hand its answer on', async () => {
    const { wishes, questions, pages, answer } = desk();
    wishes.want([5]);
    vi.advanceTimersByTime(100);
    wishes.want([9]);
    expect(questions[0]?.signal.aborted).toBe(true);
    await answer(5);
    vi.advanceTimersByTime(100);
    await answer(9);
    expect(pages).toEqual([9]);
  });

  it('says a failure, and asks again', async () => {
    const { wishes, questions, failures, pages, answer } = desk();
    wishes.want([7]);
    vi.advanceTimersByTime(100);
    questions[0]?.fail(new Error('gone'));
    await vi.advanceTimersByTimeAsync(100);
    expect(failures).toEqual([new Error('gone')]);
    expect(questions).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    await answer(7);
    expect(pages).toEqual([7]);
    expect(failures.at(-1)).toBeNull();
  });

  it('loads one at once, whoever asks how often', async () => {
    const { wishes, questions, pages, answer } = desk();
    const loads = [wishes.load(3), wishes.load(3)];
    expect(questions).toHaveLength(1);
    await answer(3);
    expect(await Promise.all(loads)).toEqual([false, false]);
    expect(pages).toEqual([3]);
  });

  it('asks for nothing once it is closed', () => {
    const { wishes, questions } = desk();
    wishes.want([1]);
    wishes.close();
    vi.advanceTimersByTime(5000);
    expect(questions).toEqual([]);
  });
});
