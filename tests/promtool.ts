import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's package with promtool, which an administrator can have installed on the way. */
const INSTALL = 'apt-get update -qq && apt-get install -y -qq prometheus';

/**
 * The command to run promtool with: from the PATH, or installed from the Debian package where that is possible.
 * Undefined, with the reason printed, where it is neither there nor can be had.
 */
export function findPromtool(): string | undefined {
	if (isRunnable('promtool')) return 'promtool';
	if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) {
		console.warn(
			'promtool is not on the PATH and cannot be installed here (that takes root on Debian)'
		);
		return undefined;
	}
	console.warn('promtool is not on the PATH: installing the Debian package prometheus');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const { status, stderr } = spawnSync('sh', ['-c', INSTALL], { env, encoding: 'utf8' });
	if (status === 0 && isRunnable('promtool')) return 'promtool';
	console.warn(`promtool could not be installed: ${stderr}`);
	return undefined;
}

function isRunnable(command: string): boolean {
	return spawnSync(command, ['--version']).status === 0;
}
