/** Resource indicators of a tenant's Management API: that of its own profile, and those of every tenant's API. */
export const managementIndicators = (own: string): string[] => [own, 'https://default.logto.app/api'];
