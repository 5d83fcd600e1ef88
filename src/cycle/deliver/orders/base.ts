export { toBase, inBase } from "#kernel/money";
