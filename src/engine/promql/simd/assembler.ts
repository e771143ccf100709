/**
 * A small assembler of WebAssembly (https://webassembly.github.io/spec/core/binary), for the few loops in which it is worth
 * computing two steps at a time. Code is a list of bytes that leaves its value on the stack, so that expressions nest as calls do.
 */
export type Code = readonly number[];

/** A local variable or parameter: reading it is code, and it can be set. */
export interface Local {
	readonly get: Code;
	set(value: Code): Code;
}

const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
const FUNCTION = 0x60;
const NO_RESULT = 0x40;

type ValueType = typeof I32 | typeof F64 | typeof V128;

/** The types by the names that kernels use. */
export const TYPES = { i32: I32, f64: F64, f64x2: V128 } as const;

export type TypeName = keyof typeof TYPES;

/** Memory is counted in pages of so many bytes. */
export const PAGE_BYTES = 65_536;

function unsigned(value: number): number[] {
	const bytes: number[] = [];
	let rest = value >>> 0;
	do {
		bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
		rest >>>= 7;
	} while (rest !== 0);
	return bytes;
}

function signed(value: number): number[] {
	const bytes: number[] = [];
	let rest = value | 0;
	for (;;) {
		const byte = rest & 0x7f;
		rest >>= 7;
		const isLast = (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
		bytes.push(isLast ? byte : byte | 0x80);
		if (isLast) return bytes;
	}
}

function join(...pieces: readonly Code[]): number[] {
	return pieces.flat();
}

/** One statement after the other. */
export function block(...statements: readonly Code[]): Code {
	return join(...statements);
}

export const i32 = {
	const: (value: number): Code => [0x41, ...signed(value)],
	add: binary(0x6a),
	sub: binary(0x6b),
	and: binary(0x71),
	xor: binary(0x73),
	/** Without its sign. */
	shiftRight: binary(0x76),
	lessUnsigned: binary(0x49),
	/** Stores `value` at `address`. */
	store: (address: Code, value: Code): Code => join(address, value, [0x36, 2, 0])
};

/** Two numbers at once: those of one step and of the next. */
export const f64x2 = {
	load: (address: Code, offset = 0): Code => join(address, [0xfd, 0x00, 3], unsigned(offset)),
	store: (address: Code, value: Code, offset = 0): Code =>
		join(address, value, [0xfd, 0x0b, 3], unsigned(offset)),
	splat: (value: Code): Code => join(value, vector(0x14)),
	/** A comparison gives all bits or none, for each of the two. */
	equal: vectorBinary(0x47),
	less: vectorBinary(0x49),
	lessOrEqual: vectorBinary(0x4b),
	greaterOrEqual: vectorBinary(0x4c),
	abs: (value: Code): Code => join(value, vector(0xec)),
	add: vectorBinary(0xf0),
	sub: vectorBinary(0xf1),
	mul: vectorBinary(0xf2),
	div: vectorBinary(0xf3),
	/** The second number where the first is less than it, else the first one, so that NaN never takes the place of a number. */
	pmax: vectorBinary(0xf7)
};

export const bits = {
	and: vectorBinary(0x4e),
	/** The bits of a that are not in b. */
	andNot: vectorBinary(0x4f),
	/** From `yes` where `mask` has bits, else from `no`. */
	select: (mask: Code, yes: Code, no: Code): Code => join(yes, no, mask, vector(0x52)),
	load: (address: Code): Code => join(address, [0xfd, 0x00, 0, 0]),
	/** Whether none of the 16 bytes is 0, as an i32. */
	inAllBytes: (value: Code): Code => join(value, vector(0x63)),
	/** Whether a bit is set, as an i32. */
	any: (value: Code): Code => join(value, vector(0x53)),
	/** Bit 0 for the first of the two numbers and bit 1 for the second, as an i32. */
	ofEach: (value: Code): Code => join(value, vector(0xc4))
};

function vector(opcode: number): Code {
	return [0xfd, ...unsigned(opcode)];
}

function binary(opcode: number): (a: Code, b: Code) => Code {
	return (a, b) => join(a, b, [opcode]);
}

function vectorBinary(opcode: number): (a: Code, b: Code) => Code {
	return (a, b) => join(a, b, vector(opcode));
}

/** Statements that run when a condition, an i32, is not 0. */
export function when(condition: Code, ...statements: readonly Code[]): Code {
	return join(condition, [0x04, NO_RESULT], ...statements, [0x0b]);
}

/** Runs statements and, as long as the condition holds after them, again. */
export function repeatWhile(condition: Code, ...statements: readonly Code[]): Code {
	return join([0x03, NO_RESULT], ...statements, condition, [0x0d, 0], [0x0b]);
}

/** Moves pointers on by so many bytes. */
export function advance(bytes: number, ...pointers: readonly Local[]): Code {
	return join(...pointers.map(({ get, set }) => set(i32.add(get, i32.const(bytes)))));
}

/** A function of a module, with its name. What its body leaves on the stack is its result. */
export interface Definition {
	readonly name: string;
	readonly parameters: readonly ValueType[];
	readonly locals: readonly ValueType[];
	readonly result: ValueType | undefined;
	readonly body: Code;
}

/** Defines a function: `write` is given its parameters, and a way to declare further variables. */
export function define<const Names extends readonly TypeName[]>(
	name: string,
	parameters: Names,
	result: TypeName | undefined,
	write: (
		parameters: { readonly [K in keyof Names]: Local },
		declare: (type: TypeName) => Local
	) => Code
): Definition {
	const locals: ValueType[] = [];
	const at = (index: number): Local => ({
		get: [0x20, ...unsigned(index)],
		set: (value) => join(value, [0x21, ...unsigned(index)])
	});
	const declare = (type: TypeName) => at(parameters.length + locals.push(TYPES[type]) - 1);
	const given = parameters.map((_, index) => at(index)) as { [K in keyof Names]: Local };
	return {
		name,
		parameters: parameters.map((type) => TYPES[type]),
		body: write(given, declare),
		locals,
		result: result && TYPES[result]
	};
}

/** A module of functions that exports them, and a memory of so many pages under the name `memory`. */
export function assemble(
	definitions: readonly Definition[],
	pages: number
): Uint8Array<ArrayBuffer> {
	const types = definitions.map(({ parameters, result }) =>
		join([FUNCTION], list(parameters.map((type) => [type])), list(result ? [[result]] : []))
	);
	const exported = definitions.map(({ name }, i) => join(text(name), [0x00], unsigned(i)));
	return Uint8Array.from(
		join(
			[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
			section(1, list(types)),
			section(3, list(definitions.map((_, i) => unsigned(i)))),
			section(5, list([join([0x01], unsigned(pages), unsigned(pages))])),
			section(7, list([...exported, join(text('memory'), [0x02, 0x00])])),
			section(10, list(definitions.map(codeOf)))
		)
	);
}

function codeOf({ locals, body }: Definition): Code {
	const code = join(list(locals.map((type) => [0x01, type])), body, [0x0b]);
	return join(unsigned(code.length), code);
}

function section(id: number, content: Code): Code {
	return join([id], unsigned(content.length), content);
}

function list(items: readonly Code[]): Code {
	return join(unsigned(items.length), ...items);
}

function text(name: string): Code {
	return list([...name].map((character) => [character.charCodeAt(0)]));
}
