import { z } from 'zod/v3';
import { json, noContent } from '../answer.ts';
import type { Json } from '../json.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { refuseMissing, refuseRelation, refuseTaken } from './refusal.ts';
import { act, created, someTexts, texts, write } from './write.ts';

const rulesOf = (tenant: Tenant, organization: string) => {
  if (!tenant.usersByOrganization.has(organization)) refuseRelation();
  return tenant.organizationParts.jit(organization);
};

const known = (rows: readonly Json[], ids: readonly string[]): string[] => {
  if (!ids.every((id) => rows.some((row) => row.id === id))) refuseRelation();
  return [...new Set(ids)];
};

const without = (held: readonly string[], gone: string): string[] => {
  if (!held.includes(gone)) refuseMissing();
  return held.filter((one) => one !== gone);
};

const joined = (held: readonly string[], more: readonly string[]) => [...new Set([...held, ...more])];

/** Who joins an organization of oneself: by e-mail domain or enterprise sign-in, and with which roles. */
export const jitRoutes: Readonly<Record<string, Route>> = {
  // Not checked to be a domain; the same twice is refused, unlike roles.
  'POST /api/organizations/:id/jit/email-domains': write(
    z.object({ emailDomain: z.string().min(1) }),
    ({ tenant, id, body: { emailDomain } }) => {
      const rules = rulesOf(tenant, id);
      if (rules.domains.includes(emailDomain)) refuseTaken();
      rules.domains.push(emailDomain);
      return json({ tenantId: 'default', organizationId: id, emailDomain }, 201);
    },
  ),
  'PUT /api/organizations/:id/jit/email-domains': write(
    z.object({ emailDomains: texts }),
    ({ tenant, id, body: { emailDomains } }) => {
      const rules = rulesOf(tenant, id);
      if (new Set(emailDomains).size < emailDomains.length) refuseTaken();
      rules.domains = emailDomains;
      return noContent;
    },
  ),
  'DELETE /api/organizations/:id/jit/email-domains/:emailDomain': act(({ tenant, id, other }) => {
    const rules = rulesOf(tenant, id);
    rules.domains = without(rules.domains, other);
    return noContent;
  }),
  // A machine's role is accepted.
  'POST /api/organizations/:id/jit/roles': write(
    z.object({ organizationRoleIds: someTexts }),
    ({ tenant, id, body }) => {
      const rules = rulesOf(tenant, id);
      rules.roles = joined(rules.roles, known(tenant.lists.organizationRoles, body.organizationRoleIds));
      return created;
    },
  ),
  'PUT /api/organizations/:id/jit/roles': write(
    z.object({ organizationRoleIds: texts }),
    ({ tenant, id, body }) => {
      const roles = known(tenant.lists.organizationRoles, body.organizationRoleIds);
      rulesOf(tenant, id).roles = roles;
      return noContent;
    },
  ),
  'DELETE /api/organizations/:id/jit/roles/:organizationRoleId': act(({ tenant, id, other }) => {
    const rules = rulesOf(tenant, id);
    rules.roles = without(rules.roles, other);
    return noContent;
  }),
  'POST /api/organizations/:id/jit/sso-connectors': write(
    z.object({ ssoConnectorIds: someTexts }),
    ({ tenant, id, body }) => {
      const rules = rulesOf(tenant, id);
      rules.connectors = joined(rules.connectors, known(tenant.lists.ssoConnectors, body.ssoConnectorIds));
      return created;
    },
  ),
  'PUT /api/organizations/:id/jit/sso-connectors': write(
    z.object({ ssoConnectorIds: texts }),
    ({ tenant, id, body }) => {
      const connectors = known(tenant.lists.ssoConnectors, body.ssoConnectorIds);
      rulesOf(tenant, id).connectors = connectors;
      return noContent;
    },
  ),
  'DELETE /api/organizations/:id/jit/sso-connectors/:ssoConnectorId': act(({ tenant, id, other }) => {
    const rules = rulesOf(tenant, id);
    rules.connectors = without(rules.connectors, other);
    return noContent;
  }),
};
