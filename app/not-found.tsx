import { PageFrame } from '@/components/shell/page-frame';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

export default function NotFound() {
  return (
    <PageFrame title="No such page">
      <Card className="p-4" label="No such page">
        <p className="mb-3">The address leads nowhere in this lab.</p>
        <LinkButton href="/">Open the control panel</LinkButton>
      </Card>
    </PageFrame>
  );
}
