/** Why Python cannot be installed on this machine, as a sentence for people without its full stop. */
export class InstallProblem extends Error {}
