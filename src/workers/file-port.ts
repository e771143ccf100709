import { PROGRAM, type HandedFiles } from './hand-out.ts';
import type { PythonFiles } from './python-files.ts';

/** What comes back for the name of a file. */
type Answer =
	| { readonly name: string; readonly content: Uint8Array | WebAssembly.Module }
	| { readonly name: string; readonly failure: string };

/**
 * Gives a port, to be transferred to a thread of learner code, that answers the name of a file with its content. It is a port and not a
 * remote object because nothing else can be done with it, whoever gets hold of it there: what is no name is not listened to, and a
 * file is given once, so that to ask without end costs nothing. One that could not be had may be asked for again.
 */
export function openFilePort({
	program,
	read
}: Pick<PythonFiles, 'program' | 'read'>): MessagePort {
	const { port1: here, port2: there } = new MessageChannel();
	const given = new Set<string>();
	const give = async (name: string): Promise<void> => {
		try {
			if (name === PROGRAM) here.postMessage({ name, content: await program } satisfies Answer);
			else {
				// The file itself stays, for the next thread.
				const content = (await read(name)).slice();
				here.postMessage({ name, content } satisfies Answer, [content.buffer]);
			}
		} catch (error) {
			given.delete(name);
			const failure = error instanceof Error ? error.message : String(error);
			here.postMessage({ name, failure } satisfies Answer);
		}
	};
	here.addEventListener('message', ({ data: name }: MessageEvent<unknown>) => {
		if (typeof name !== 'string' || given.has(name)) return;
		given.add(name);
		void give(name);
	});
	here.start();
	return there;
}

/** The files behind a port of `openFilePort`. Each is there once: its content belongs to who has asked. */
export function filesBehind(port: MessagePort): HandedFiles {
	const waiting = new Map<string, (answer: Answer) => void>();
	port.addEventListener('message', ({ data }: MessageEvent<Answer>) =>
		waiting.get(data.name)?.(data)
	);
	port.start();
	const ask = async (name: string): Promise<Uint8Array | WebAssembly.Module> => {
		const answer = await new Promise<Answer>((resolve) => {
			waiting.set(name, resolve);
			port.postMessage(name);
		});
		if ('failure' in answer) throw new Error(answer.failure);
		return answer.content;
	};
	return {
		program: () => ask(PROGRAM) as Promise<WebAssembly.Module>,
		read: (name) => ask(name) as Promise<Uint8Array>
	};
}
