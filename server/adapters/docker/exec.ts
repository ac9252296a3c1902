import type Dockerode from 'dockerode';
import type { ExecResult } from './container-exec';
import { FrameReader } from './frames';

/** bpftool on a busy host prints some 100 kB; more than this is a mistake, and memory is the panel's. */
const OUTPUT_MAX_BYTES = 16 * 1024 * 1024;

export async function execInContainer(
  client: Dockerode,
  containerId: string,
  argv: string[],
  options: { privileged: boolean },
): Promise<ExecResult> {
  const exec = await client.getContainer(containerId).exec({
    Cmd: argv,
    AttachStdout: true,
    AttachStderr: true,
    Privileged: options.privileged,
  });
  const stream = await exec.start({});
  const reader = new FrameReader();
  const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > OUTPUT_MAX_BYTES) throw new Error(`${argv[0]} printed more than ${OUTPUT_MAX_BYTES} bytes`);
    for (const frame of reader.push(buffer)) output[frame.stream].push(frame.payload);
  }
  const { ExitCode } = await exec.inspect();
  return {
    exitCode: ExitCode,
    stdout: Buffer.concat(output.stdout).toString('utf8'),
    stderr: Buffer.concat(output.stderr).toString('utf8'),
  };
}
