/** The interpreter itself, among the files. */
export const PROGRAM = 'pyodide.asm.wasm';

/** What Pyodide fetches while it boots, from somebody who has it already or will. */
export interface HandedFiles {
	readonly program: () => Promise<WebAssembly.Module>;
	readonly read: (name: string) => Promise<Uint8Array>;
}

/**
 * Answers what Pyodide fetches in a thread with what others have downloaded and compiled. Here nothing is copied; what comes from
 * another thread was copied once, there, and the program never is. Pyodide goes as far as it can with what is there.
 */
export function handOut(
	scope: Pick<typeof globalThis, 'fetch' | 'WebAssembly'>,
	{ program, read }: HandedFiles
): void {
	scope.fetch = async (address) => {
		const name = String(address).replace(/^.*\//, '');
		return name === PROGRAM ? new Response() : answerWith(await read(name));
	};
	scope.WebAssembly.instantiateStreaming = async (_, imports) => {
		const module = await program();
		return { module, instance: await WebAssembly.instantiate(module, imports) };
	};
}

/** As much of a response as Pyodide looks at. A real one would copy the bytes when it is made, and again when it is read. */
function answerWith(data: Uint8Array): Response {
	const answer: Pick<Response, 'ok' | 'arrayBuffer' | 'json'> = {
		ok: true,
		arrayBuffer: async () => data.buffer as ArrayBuffer,
		json: async () => JSON.parse(new TextDecoder().decode(data))
	};
	return answer as Response;
}
