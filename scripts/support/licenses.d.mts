export interface ShippedPackage {
  name: string;
  version: string;
  license: string | null;
  notices: string[];
}

export function productionPackages(root?: string): ShippedPackage[];
export function problemOf(shipped: Pick<ShippedPackage, 'name' | 'license'>): string | null;
export function exceptionOf(shipped: Pick<ShippedPackage, 'name' | 'license'>): string | null;
export function evaluate(expression: string, isAllowed: (id: string) => boolean): boolean | null;
export function noticesText(packages: readonly ShippedPackage[]): string;
