import { Check, CircleX } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { ComparisonGate } from '@/server/api/types';

/** Each check with its number: all of them must pass before a percentage may be shown. */
export function Gates({ gates }: { gates: readonly ComparisonGate[] }) {
  return (
    <Card label="Checks">
      <ul className="grid grid-cols-1 overflow-hidden md:grid-cols-2 lg:grid-cols-3">
        {gates.map((gate) => (
          <li
            className="-mt-px -ml-px flex flex-col items-start gap-1.5 border-line border-t border-l px-3.5 py-3"
            key={gate.name}
          >
            <Badge icon={gate.passed ? Check : CircleX} tone={gate.passed ? 'ok' : 'bad'}>
              {gate.name}
            </Badge>
            <span className="text-12 text-fg-2">{gate.detail}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
