/** What ran inside a container and how it ended. */
export type ExecResult = {
  /** 126 and 127: the engine or the shell found no such binary; null if the engine didn't say. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
};

/** Running a command inside a container, for inspectors. */
export interface ContainerExec {
  /** privileged gives the executed process, and it alone, every capability. Throws LabError (engine_lost) if the container is gone. */
  exec(containerId: string, argv: string[], options: { privileged: boolean }): Promise<ExecResult>;
  /** Whether the container's own processes have CAP_SYS_ADMIN, which listing programs needs. */
  hasSysAdmin(containerId: string): Promise<boolean>;
}
