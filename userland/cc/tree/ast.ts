// A program as the parser hands it on: names are resolved, every expression has its type, every conversion that C makes
// silently is a node, initialisers are lists of what goes where, constants are folded where C asks for a constant. So
// lowering never has to decide what C means.
//
// Reading an object is a node of its own ("load"): an expression below it is an lvalue and stands for a place. Lvalues are
// variable, string, dereference, member (of an lvalue) and compound-literal.

import type { Loc } from "../source/sources.ts";
import type { FunctionType, Member, Type } from "../types/type.ts";

export type Linkage = "none" | "internal" | "external";

export interface Attributes {
  weak?: boolean;
  /** __attribute__((section("…"))) */
  section?: string;
  alias?: string;
  used?: boolean;
  noreturn?: boolean;
  noinline?: boolean;
  alwaysInline?: boolean;
  /** As setjmp: what the caller keeps must survive until it returns again. */
  returnsTwice?: boolean;
  /** Called before main; `constructor` is what every object has already. */
  isConstructor?: boolean;
  isDestructor?: boolean;
  /** The lower the earlier before main, and the later behind it; undefined: the last of all, and the first. */
  constructorPriority?: number;
  destructorPriority?: number;
  /** Of a function: bytes. */
  align?: number;
  /** SHF_GNU_RETAIN */
  retain?: boolean;
  /** A function of assembly alone, which has no beginning and no end but its own. */
  naked?: boolean;
  /** What is said when a call is left after optimising. */
  complaint?: { readonly isError: boolean; readonly message: string };
  hidden?: boolean;
  warnUnusedResult?: boolean;
  /** Why, or "". */
  deprecated?: string;
  /** Position of the format string and of the first argument that it speaks of, from 1; 0: a va_list. */
  format?: { readonly like: "printf" | "scanf"; readonly text: number; readonly first: number };
}

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  /** Complete by the end of the translation unit (`int a[] = {1, 2}`). */
  type: Type;
  readonly linkage: Linkage;
  /** Lives as long as the program: file scope, or `static`. Otherwise as long as its block. */
  readonly isStatic: boolean;
  readonly isParameter: boolean;
  /** Its name in the object file; of static locals made unique (`count.1`). Undefined for automatic ones. */
  symbol: string | undefined;
  /** Static ones: defined here, perhaps tentatively (all zeros). Otherwise somebody else defines it. */
  isDefined: boolean;
  init: Initializer | undefined;
  /** Bytes. */
  align: number;
  /** `register long a0 asm("a0")`: the register that inline assembly shall find it in. */
  register: string | undefined;
  readonly threadLocal: boolean;
  readonly attributes: Attributes;
  readonly loc: Loc;
}

export interface FunctionSymbol {
  readonly kind: "function";
  readonly name: string;
  type: FunctionType;
  linkage: "internal" | "external";
  symbol: string;
  /** `inline` without `extern`: a definition that only serves to be inlined here (C11 6.7.4p7). */
  isInlineOnly: boolean;
  /** By GNU's rule, after which a definition may follow. */
  isGnuInline?: boolean;
  readonly attributes: Attributes;
  /** Undefined: declared only. */
  body: FunctionBody | undefined;
  /** Somebody calls it or takes its address: internal ones that nobody uses need no code. */
  isUsed: boolean;
  readonly loc: Loc;
}

export interface FunctionBody {
  readonly parameters: readonly Variable[];
  readonly statement: CompoundStatement;
  readonly end: Loc;
}

/** What an object begins as; a flexible array member's part lies behind the type's size. Bytes of it that no entry covers are zero. Entries are in the order of their evaluation; a
 * later one replaces what it overlaps. */
export interface Initializer {
  readonly entries: readonly InitialValue[];
}

export interface InitialValue {
  /** Bytes from the object's start. */
  readonly offset: number;
  readonly bits: Member["bits"];
  /** The type of the place; the value has been converted to it. An array's value is a "string" node. */
  readonly type: Type;
  readonly value: Expression;
}

export interface TranslationUnit {
  /** All static variables, in the order in which they were first declared. */
  readonly variables: readonly Variable[];
  readonly functions: readonly FunctionSymbol[];
  /** asm("…") outside functions. */
  readonly assembly: readonly { readonly text: string; readonly loc: Loc }[];
}

// Expressions.

interface Node {
  readonly type: Type;
  readonly loc: Loc;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "<<" | ">>" | "&" | "|" | "^";
export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type Expression = Node &
  (
    | {
        readonly kind: "integer";
        /** In the range of its type. Also null pointer constants, after conversion to a pointer (unsigned then). */
        readonly value: bigint;
      }
    | {
        /** An array; the bytes include the terminating zero, unless the array that it initialises has no room for it. */
        readonly kind: "string";
        readonly bytes: Uint8Array;
      }
    | { readonly kind: "variable"; readonly variable: Variable }
    | { readonly kind: "function"; readonly function: FunctionSymbol }
    | { readonly kind: "member"; readonly of: Expression; readonly member: Member }
    | { readonly kind: "dereference"; readonly pointer: Expression }
    | {
        /** The variable is anonymous; each evaluation gives an automatic one its initial value anew. */
        readonly kind: "compound-literal";
        readonly variable: Variable;
        /** Others read the variable too, so it has to be there. */
        readonly isReadAgain?: true;
      }
    /** The value of an lvalue: of integer, pointer or structure type. */
    | { readonly kind: "load"; readonly place: Expression }
    /** &lvalue, &function; arrays and functions that become pointers silently too. The type is the pointer's. */
    | { readonly kind: "address"; readonly of: Expression }
    /** Between integers, pointers, to _Bool (a comparison with 0) and to void. */
    | { readonly kind: "convert"; readonly value: Expression }
    | { readonly kind: "unary"; readonly operator: "-" | "~" | "!"; readonly value: Expression }
    /** Both sides have the result's type, but for shifts, whose right side keeps its own. */
    | {
        readonly kind: "binary";
        readonly operator: ArithmeticOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** Both sides have the same type, integer or pointer, whose sign decides; the result is an int. */
    | {
        readonly kind: "compare";
        readonly operator: Comparison;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** pointer ± index elements; the index has an integer type of 64 bits. */
    | {
        readonly kind: "pointer-add";
        readonly pointer: Expression;
        readonly index: Expression;
        readonly negative: boolean;
        /** Bytes. */
        readonly element: number;
      }
    | {
        readonly kind: "pointer-difference";
        readonly left: Expression;
        readonly right: Expression;
        readonly element: number;
      }
    | {
        readonly kind: "logical";
        readonly operator: "&&" | "||";
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: "conditional";
        readonly condition: Expression;
        /** Undefined: GNU's `a ?: b`, the condition's own value, converted to the result's type. */
        readonly then: Expression | undefined;
        readonly else: Expression;
      }
    | { readonly kind: "comma"; readonly left: Expression; readonly right: Expression }
    /** The value has the place's type. The result is the place's new value. */
    | { readonly kind: "assign"; readonly place: Expression; readonly value: Expression }
    /** place = place op value, the place evaluated once: it is converted to `computed`, the result back. */
    | {
        readonly kind: "compound-assign";
        readonly operator: ArithmeticOperator;
        readonly place: Expression;
        readonly value: Expression;
        /** A pointer's is the pointer's type, and the value then counts elements of `element` bytes, 64 bits wide. */
        readonly computed: Type;
        readonly element: number;
      }
    /** ++ and --; `delta` is ±1, or ± the element's bytes. */
    | {
        readonly kind: "increment";
        readonly place: Expression;
        readonly delta: number;
        readonly isPostfix: boolean;
      }
    /** The function is a pointer, or the designator itself. Arguments are converted. */
    | {
        readonly kind: "call";
        readonly function: Expression;
        readonly signature: FunctionType;
        readonly arguments: readonly Expression[];
      }
    /** GNU's ({ … }): the value of its last statement, if that is an expression; the body does not hold that statement then. */
    | {
        readonly kind: "statement-expression";
        readonly body: CompoundStatement;
        readonly result: Expression | undefined;
      }
    | { readonly kind: "label-address"; readonly label: Label }
    /** The builtins that stay in the program: see builtins.ts for names, arguments and results. */
    | {
        readonly kind: "builtin";
        readonly name: BuiltinName;
        readonly arguments: readonly Expression[];
      }
    /** va_arg: the list is an lvalue of type va_list (a `void *`), the type is the expression's. */
    | { readonly kind: "va-arg"; readonly list: Expression }
  );

/**
 * What __builtin_NAME, __atomic_NAME and __sync_NAME become.
 *
 * add-overflow(left, right, pointer) and its kin: operands of the type that the pointer points to, where the exact result's
 * low bits go; 1 if that was not all of it. Atomics on pointers count bytes.
 *
 * va-start(list), va-end(list), va-copy(to, from): lists are lvalues. expect(value, likely) has been replaced by its value.
 * Atomics: the first argument points to the object, whose width is that of what it points to; memory orders have been
 * evaluated away: everything is sequentially consistent. atomic-compare-exchange(pointer, expectedPointer, desired) is
 * 1 when it was done, and stores what was found at expectedPointer otherwise.
 */
export type BuiltinName =
  | "va-start"
  | "va-end"
  | "va-copy"
  | "alloca"
  | "unreachable"
  | "trap"
  | "clz"
  | "ctz"
  | "popcount"
  | "ffs"
  | "bswap"
  | "add-overflow"
  | "sub-overflow"
  | "mul-overflow"
  | "frame-address"
  | "return-address"
  | "thread-pointer"
  | "setjmp"
  | "longjmp"
  | "atomic-load"
  | "atomic-store"
  | "atomic-exchange"
  | "atomic-compare-exchange"
  | "atomic-fetch-add"
  | "atomic-fetch-sub"
  | "atomic-fetch-and"
  | "atomic-fetch-or"
  | "atomic-fetch-xor"
  | "atomic-add-fetch"
  | "atomic-sub-fetch"
  | "atomic-and-fetch"
  | "atomic-or-fetch"
  | "atomic-xor-fetch"
  | "atomic-fence"
  | "compiler-fence";

// Statements.

export interface Label {
  readonly name: string;
  /** Undefined until it has been found; an error at the function's end otherwise. */
  loc: Loc | undefined;
  addressTaken: boolean;
}

export interface CompoundStatement {
  readonly kind: "compound";
  readonly statements: readonly Statement[];
  readonly loc: Loc;
  readonly end: Loc;
}

export interface SwitchStatement {
  readonly kind: "switch";
  /** Promoted. */
  readonly value: Expression;
  /** All of its labels, wherever they stand within it: the same objects as the "case" statements. */
  readonly cases: readonly CaseStatement[];
  readonly body: Statement;
  readonly loc: Loc;
}

export interface CaseStatement {
  readonly kind: "case";
  /** Undefined: `default`. GNU's ranges have first < last. In the range of the switch's type. */
  readonly range: { readonly first: bigint; readonly last: bigint } | undefined;
  readonly statement: Statement;
  readonly loc: Loc;
}

export type Statement =
  | CompoundStatement
  | SwitchStatement
  | CaseStatement
  | { readonly kind: "expression"; readonly expression: Expression; readonly loc: Loc }
  /** Automatic variables; their initial values are given here, each time. Static ones are in the unit's list. */
  | { readonly kind: "declaration"; readonly variables: readonly Variable[]; readonly loc: Loc }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Statement;
      readonly else: Statement | undefined;
      readonly loc: Loc;
    }
  | {
      readonly kind: "while" | "do";
      readonly condition: Expression;
      readonly body: Statement;
      readonly loc: Loc;
    }
  | {
      readonly kind: "for";
      readonly init: Statement | undefined;
      readonly condition: Expression | undefined;
      readonly step: Expression | undefined;
      readonly body: Statement;
      readonly loc: Loc;
    }
  | { readonly kind: "break" | "continue"; readonly loc: Loc }
  /** __attribute__((fallthrough)) says that a case is meant to go on into the next one. */
  | { readonly kind: "empty"; readonly loc: Loc; readonly fallsThrough?: boolean }
  | {
      readonly kind: "label";
      readonly label: Label;
      readonly statement: Statement;
      readonly loc: Loc;
    }
  | { readonly kind: "goto"; readonly label: Label; readonly loc: Loc }
  | { readonly kind: "computed-goto"; readonly target: Expression; readonly loc: Loc }
  | { readonly kind: "return"; readonly value: Expression | undefined; readonly loc: Loc }
  | AsmStatement;

export interface AsmStatement {
  readonly kind: "asm";
  readonly template: string;
  readonly isVolatile: boolean;
  /** Lvalues; "+" is told apart by the constraint. */
  readonly outputs: readonly AsmOperand[];
  readonly inputs: readonly AsmOperand[];
  readonly clobbers: readonly string[];
  readonly loc: Loc;
}

export interface AsmOperand {
  /** `%[name]` in the template. */
  readonly name: string | undefined;
  readonly constraint: string;
  readonly value: Expression;
}
