import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Writes what failed in a run of the unit tests as lines, to the file that `LOGTO_DESK_FAILURES` names: tests by name,
 * and errors that belong to no test, of which the JSON report knows nothing.
 */
export default class FailuresReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
    const path = process.env.LOGTO_DESK_FAILURES;
    if (!path) return;
    const tests = modules.flatMap((module) => [
      ...module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`),
      ...[...module.children.allTests('failed')].map((test) => {
        const [error] = test.result().errors ?? [];
        const at = error?.stacks?.map(({ file, line }) => `${file}:${line}`).join(' < ');
        return `${module.relativeModuleId} › ${test.fullName}: ${error?.message ?? ''}\n${at ?? ''}`;
      }),
    ]);
    const others = errors.map(
      ({ name, message, stack }) => `outside of a test: ${name}: ${message}\n${stack}`,
    );
    writeFileSync(path, [...tests, ...others].join('\n'));
  }
}
