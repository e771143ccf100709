import { wrap } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { filesBehind, openFilePort } from '../../src/workers/file-port.ts';

const PROGRAM = WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
const LIBRARY = new Uint8Array([1, 2, 3]);

let port: MessagePort;
afterEach(() => port.close());

/** A port to a library, a file that cannot be had, and a program; and the names that were read. */
function opened(program: Promise<WebAssembly.Module> = PROGRAM) {
	const read: string[] = [];
	port = openFilePort({
		program,
		async read(name) {
			read.push(name);
			if (name !== 'python_stdlib.zip') throw new Error(`the manifest lists no file ${name}`);
			return LIBRARY;
		}
	});
	return { read, files: filesBehind(port) };
}

describe('a port to files', () => {
	it('gives the bytes of a file, which stay with who gives them', async () => {
		const { files } = opened();
		expect(await files.read('python_stdlib.zip')).toEqual(LIBRARY);
		expect(LIBRARY).toHaveLength(3);
	});

	it('gives the program as it was compiled', async () => {
		expect(await opened().files.program()).toBeInstanceOf(WebAssembly.Module);
	});

	it('says why a file or the program cannot be had', async () => {
		const broken = Promise.reject(new Error('it broke off'));
		broken.catch(() => {});
		const { files } = opened(broken);
		await expect(files.read('numpy.zip')).rejects.toThrow('the manifest lists no file numpy.zip');
		await expect(files.program()).rejects.toThrow('it broke off');
	});

	it('gives a file once', async () => {
		const { files, read } = opened();
		port.postMessage('python_stdlib.zip');
		port.postMessage('python_stdlib.zip');
		await expect(files.read('last.zip')).rejects.toThrow('lists no file');
		expect(read).toEqual(['python_stdlib.zip', 'last.zip']);
	});

	it('gives a file that could not be had before', async () => {
		let isHere = false;
		port = openFilePort({
			program: PROGRAM,
			read: async () => (isHere ? LIBRARY : Promise.reject(new Error('no connection')))
		});
		const files = filesBehind(port);
		await expect(files.read('flask.zip')).rejects.toThrow('no connection');
		isHere = true;
		expect(await files.read('flask.zip')).toEqual(LIBRARY);
	});

	it('does nothing else for who holds it', async () => {
		const { files, read } = opened();
		const heard: unknown[] = [];
		port.addEventListener('message', ({ data }) => heard.push(data));
		const remote = wrap<FunctionConstructor>(port as never) as never as {
			constructor: new (code: string) => Promise<unknown>;
			read: (name: string) => Promise<unknown>;
		};
		void new remote.constructor('globalThis.ran = true');
		void remote.read('python_stdlib.zip');
		for (const message of [null, 3, ['python_stdlib.zip'], { name: 'python_stdlib.zip' }]) {
			port.postMessage(message);
		}
		await expect(files.read('constructor')).rejects.toThrow('lists no file constructor');
		expect(read).toEqual(['constructor']);
		expect(heard).toHaveLength(1);
		expect(globalThis).not.toHaveProperty('ran');
	});
});
