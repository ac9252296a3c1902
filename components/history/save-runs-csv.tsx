'use client';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { toast } from 'sonner';
import { fetchAllRuns, type RunNarrowing } from '@/components/runs-list/use-runs';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { saveBlob } from '@/components/ui/export-picture';
import { toCsv } from '@/components/ui/table-text';
import { historyTable } from './runs-csv';

/** Every run that the filters leave, those not loaded yet among them, as a CSV file. */
export function SaveRunsCsv({ narrowing, disabled }: { narrowing: RunNarrowing; disabled: boolean }) {
  const save = useMutation({
    mutationFn: () => fetchAllRuns(narrowing),
    onSuccess: (rows) =>
      saveBlob(new Blob([toCsv(historyTable(rows))], { type: 'text/csv;charset=utf-8' }), 'electrode-lab-runs.csv'),
    onError: (error) => {
      const { message, remedy } = describeFailure(error);
      toast.error(message, { description: remedy });
    },
  });
  return (
    <Button disabled={disabled || save.isPending} icon={Download} kind="ghost" onClick={() => save.mutate()} size="small">
      {save.isPending ? 'Gathering' : 'CSV'}
    </Button>
  );
}
