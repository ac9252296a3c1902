'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';

export type KeyBinding = {
  /** One key (`?`, `t`) or two in sequence (`g r`). */
  keys: string;
  /** What it does, as the help lists it: `Open the run list`. */
  does: string;
  run: () => void;
};

const SEQUENCE_MS = 1_200;

let bound: readonly KeyBinding[] = [];
const listeners = new Set<() => void>();
let pending = { key: '', until: 0 };

function publish(next: readonly KeyBinding[]): void {
  bound = next;
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"], dialog') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  const sequence = pending.until > Date.now() ? `${pending.key} ${event.key}` : event.key;
  const hit = bound.find((binding) => binding.keys === sequence) ?? bound.find((binding) => binding.keys === event.key);
  if (hit !== undefined) {
    pending = { key: '', until: 0 };
    event.preventDefault();
    hit.run();
    return;
  }
  pending = { key: event.key, until: Date.now() + SEQUENCE_MS };
}

/** Binds keys while the component is mounted. They rest while someone types or a dialog is open; `?` lists them. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  const signature = bindings.map((binding) => `${binding.keys}=${binding.does}`).join('\n');
  useEffect(() => {
    // Bound once per set of keys; what a key does is looked up when it is pressed.
    const own = signature.split('\n').map((_, index): KeyBinding => {
      const { keys = '', does = '' } = latest.current[index] ?? {};
      return { keys, does, run: () => latest.current[index]?.run() };
    });
    if (bound.length === 0) window.addEventListener('keydown', onKeyDown);
    publish([...bound, ...own]);
    return () => {
      publish(bound.filter((binding) => !own.includes(binding)));
      if (bound.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, [signature]);
}

const NONE: readonly KeyBinding[] = [];

/** Every key bound at the moment, for the help. */
export function useBoundKeys(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => bound,
    () => NONE,
  );
}
