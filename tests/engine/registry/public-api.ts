import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/** Base of the configurations of all kinds; its options count for each of them. */
const BASE = 'MetricConfiguration';

/**
 * What prom-client's type definitions declare: each function and method once for each way in which it can be called,
 * with the kinds of its arguments (`Counter.inc(object, number)`); each option, constant and property. A timer's end
 * is `Gauge.startTimer().end(object)`. Names of types alone are left out: nothing of them is there when a program runs.
 */
export function publicMembers(): string[] {
	const path = require.resolve('prom-client').replace(/index\.js$/, 'index.d.ts');
	const source = ts.createSourceFile(
		path,
		readFileSync(path, 'utf8'),
		ts.ScriptTarget.Latest,
		true
	);
	const interfaces = new Map(
		source.statements
			.filter(ts.isInterfaceDeclaration)
			.map((declaration) => [declaration.name.text, declaration])
	);
	const members = source.statements.flatMap((statement) => membersOf(statement, '', interfaces));
	return [...new Set(members)];
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

function membersOf(statement: ts.Statement, within: string, interfaces: Interfaces): string[] {
	if (ts.isInterfaceDeclaration(statement)) return interfaceMembers(statement, within, interfaces);
	if (ts.isClassDeclaration(statement)) return classMembers(statement);
	if (ts.isFunctionDeclaration(statement)) return calls(nameOf(statement), statement);
	if (ts.isEnumDeclaration(statement)) return [statement.name.text];
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.flatMap(constantMembers);
	}
	if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
		const inner = `${statement.name.text}.`;
		return statement.body.statements.flatMap((one) => membersOf(one, inner, interfaces));
	}
	if (ts.isTypeAliasDeclaration(statement)) return [];
	throw new Error(`unexpected declaration: ${statement.getText()}`);
}

function interfaceMembers(
	declaration: ts.InterfaceDeclaration,
	within: string,
	interfaces: Interfaces
): string[] {
	const name = declaration.name.text;
	if (name === BASE) return [];
	// `Histogram.Config` repeats an option of HistogramConfiguration.
	const owner = name === 'Config' ? `${within.slice(0, -1)}Configuration` : within + name;
	return allMembers(declaration, interfaces).flatMap((member) =>
		ts.isMethodSignature(member)
			? calls(`${owner}.${nameOf(member)}`, member)
			: [`${owner}.${nameOf(member)}`]
	);
}

/** Its own members and those of what it extends. */
function allMembers(
	declaration: ts.InterfaceDeclaration,
	interfaces: Interfaces
): ts.TypeElement[] {
	const bases = (declaration.heritageClauses ?? []).flatMap((clause) =>
		clause.types.map((type) => interfaces.get(type.expression.getText()))
	);
	const inherited = bases.flatMap((base) => (base ? allMembers(base, interfaces) : []));
	return [...inherited, ...declaration.members];
}

function classMembers(declaration: ts.ClassDeclaration): string[] {
	const owner = nameOf(declaration);
	const members = declaration.members.flatMap((member) => {
		if (ts.isConstructorDeclaration(member)) return calls(`new ${owner}`, member);
		const name = `${owner}.${nameOf(member)}`;
		return ts.isMethodDeclaration(member) ? calls(name, member) : [name];
	});
	return [owner, ...members];
}

function constantMembers({ name, type }: ts.VariableDeclaration): string[] {
	if (!type || !ts.isTypeLiteralNode(type)) return [name.getText()];
	return type.members.flatMap((member) =>
		ts.isCallSignatureDeclaration(member)
			? calls(name.getText(), member)
			: [`${name.getText()}.${nameOf(member)}`]
	);
}

function calls(name: string, declaration: ts.SignatureDeclaration): string[] {
	const own = argumentLists(declaration.parameters).map((kinds) => `${name}(${kinds})`);
	const { type } = declaration;
	return type && ts.isFunctionTypeNode(type) ? [...own, ...calls(`${name}().end`, type)] : own;
}

/** The kinds of the arguments, for each number of arguments that can be given and each kind that one can be of. */
function argumentLists(parameters: readonly ts.ParameterDeclaration[]): string[] {
	let lists: string[][] = [[]];
	const complete: string[][] = [];
	for (const { type, questionToken, dotDotDotToken } of parameters) {
		if (questionToken) complete.push(...lists);
		const kinds = dotDotDotToken ? ['...string'] : kindsOf(type);
		lists = lists.flatMap((list) => kinds.map((kind) => [...list, kind]));
	}
	return [...complete, ...lists].map((list) => list.join(', '));
}

const KINDS: readonly (readonly [RegExp, string])[] = [
	[/^number$/, 'number'],
	[/^(string|(Bound)?RegistryContentType)$/, 'string'],
	[/^(object|any|LabelValues<T>|\w+Configuration<T>|Pushgateway\.Parameters)$/, 'object'],
	[/^(Increase|Observe)DataWithExemplar<T>$/, 'data'],
	[/^(Registry\[\]|Array<[^]*>)$/, 'array'],
	[/^Registry<\w+>$/, 'Registry'],
	[/^Metric<T>$/, 'metric']
];

function kindsOf(type: ts.TypeNode | undefined): string[] {
	if (type && ts.isUnionTypeNode(type)) return [...new Set(type.types.flatMap(kindsOf))];
	const text = type?.getText() ?? '';
	const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1];
	if (!kind) throw new Error(`unexpected type of a parameter: ${text}`);
	return [kind];
}

function nameOf({ name }: { readonly name?: ts.Node | undefined }): string {
	if (!name) throw new Error('unexpected declaration without a name');
	return name.getText();
}
