import { describe, expect, it } from 'vitest';
import { RowWindow, WINDOW_PX } from './row-window';

function windowOf(rows: number, rowPx = 20): RowWindow {
  const window = new RowWindow(rowPx);
  window.rows = rows;
  window.viewPx = 400;
  return window;
}

describe('the window of rows', () => {
  it('draws what is in sight and a few rows beyond', () => {
    const window = windowOf(1000);
    window.scrollTop = 2010;
    expect(window.inSight).toEqual({ from: 100, to: 121 });
    expect(window.drawn.from).toBeLessThan(100);
    expect(window.drawn.to).toBeGreaterThan(121);
    expect(window.drawn.to - window.drawn.from).toBeLessThan(60);
  });

  it('never grows higher than a browser can draw, with one line to a row or two', () => {
    for (const rowPx of [20, 40]) {
      const window = windowOf(10_000_000, rowPx);
      window.toEnd();
      expect(window.heightPx).toBe(WINDOW_PX);
      expect(window.inSight.to).toBe(10_000_000);
      expect(window.isAtEnd).toBe(true);
    }
  });

  it('shifts near its edge without moving what is on the screen', () => {
    const window = windowOf(10_000_000);
    window.toEnd();
    window.scrollTop = 1007;
    const before = { row: window.topRow, part: window.scrollTop % 20 };
    const first = window.first;
    window.settle();
    expect(window.first).toBeLessThan(first);
    expect({ row: window.topRow, part: window.scrollTop % 20 }).toEqual(before);
    window.scrollTop = window.heightPx - window.viewPx - 13;
    const late = { row: window.topRow, part: window.scrollTop % 20 };
    window.settle();
    expect({ row: window.topRow, part: window.scrollTop % 20 }).toEqual(late);
    expect(window.first + window.size).toBeLessThanOrEqual(10_000_000);
  });

  it('reaches the very first and the very last row by scrolling on', () => {
    const window = windowOf(3_000_000);
    window.toEnd();
    while (window.topRow > 0) {
      window.scrollTop = Math.max(0, window.scrollTop - 5_000_000);
      window.settle();
    }
    expect(window.first).toBe(0);
    while (!window.isAtEnd) {
      window.scrollTop = Math.min(window.maxScrollTop, window.scrollTop + 5_000_000);
      window.settle();
    }
    expect(window.inSight.to).toBe(3_000_000);
  });

  it('keeps rows on the screen when others come above them', () => {
    const window = windowOf(500);
    window.scrollTop = 2000;
    const top = window.topRow;
    window.rows = 5500;
    window.shiftRows(5000);
    expect(window.topRow).toBe(top + 5000);
    expect(window.first).toBe(0);
  });

  it('brings a row into sight as far as it takes, or a third down', () => {
    const window = windowOf(1000);
    window.toRow(10, 'nearest');
    expect(window.scrollTop).toBe(0);
    window.toRow(30, 'nearest');
    expect(window.inSight.to).toBe(31);
    window.toRow(500, 'third');
    expect(window.topRow).toBe(494);
    window.toRow(999, 'third');
    expect(window.isAtEnd).toBe(true);
  });

  it('stays inside a list that became shorter', () => {
    const window = windowOf(1000);
    window.toEnd();
    window.rows = 3;
    window.settle();
    expect(window.scrollTop).toBe(0);
    expect(window.inSight).toEqual({ from: 0, to: 3 });
  });
});
