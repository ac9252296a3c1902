'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/button';
import { useKeys } from '@/components/ui/use-keys';
import { THEME_KEY } from './theme-script';

type Choice = 'system' | 'light' | 'dark';

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const satisfies Record<Choice, Choice>;
const ICONS = { system: Monitor, light: Sun, dark: Moon };
const WORDS = { system: 'as the system', light: 'light', dark: 'dark' } as const;

function read(): Choice {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage is refused in some private modes; the theme then follows the system.
    return 'system';
  }
}

function store(choice: Choice): void {
  try {
    if (choice === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, choice);
  } catch {
    // Nothing to remember it in; the next visit follows the system again.
  }
  window.dispatchEvent(new Event('electrode-lab:theme'));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('electrode-lab:theme', listener);
  window.addEventListener('storage', listener);
  return () => {
    window.removeEventListener('electrode-lab:theme', listener);
    window.removeEventListener('storage', listener);
  };
}

/** As the system, light, dark, and round again; remembered. */
export function ThemeSwitch() {
  const choice = useSyncExternalStore(subscribe, read, () => 'system' as const);
  const turn = useCallback(() => store(NEXT[read()]), []);
  useKeys([{ keys: 't', does: 'Switch the theme', run: turn }]);
  return <IconButton icon={ICONS[choice]} label={`Theme: ${WORDS[choice]}. Switch to ${WORDS[NEXT[choice]]}`} onClick={turn} />;
}
