import { z } from 'zod/v3';
import { noContent } from '../answer.ts';
import type { Route } from '../route.ts';
import type { Tenant } from '../tenant.ts';
import { namedRoles, namedRolesBody } from './organization-members.ts';
import { membershipUpdated } from './organizations.ts';
import { refuseConstraint, refuseMissing, refuseRelation } from './refusal.ts';
import { act, created, someTexts, texts, write } from './write.ts';

/** Only machines can be in an organization. */
const machines = (tenant: Tenant, organization: string, ids: readonly string[]) => {
  if (!tenant.usersByOrganization.has(organization)) refuseRelation();
  const rows = ids.map((id) => tenant.applications.find((app) => app.id === id) ?? refuseRelation());
  if (rows.some(({ type }) => type !== 'MachineToMachine')) refuseConstraint();
  return ids;
};

const rolesAt = (tenant: Tenant, organization: string, application: string): Set<string> =>
  tenant.organizationParts.applicationsOf(organization).get(application) ?? refuseRelation();

const give = (tenant: Tenant, organization: string, applications: readonly string[], roles: string[]) => {
  const held = applications.map((application) => rolesAt(tenant, organization, application));
  for (const one of held) for (const role of roles) one.add(role);
};

/** Applications of organizations and their roles there. */
export const organizationApplicationRoutes: Readonly<Record<string, Route>> = {
  'POST /api/organizations/:id/applications': write(
    z.object({ applicationIds: someTexts }),
    ({ tenant, id, body }) => {
      const held = new Map(tenant.organizationParts.applicationsOf(id));
      for (const application of machines(tenant, id, body.applicationIds))
        held.set(application, held.get(application) ?? new Set());
      tenant.organizationParts.setApplications(id, held);
      return { ...created, fires: membershipUpdated(id) };
    },
  ),
  'PUT /api/organizations/:id/applications': write(
    z.object({ applicationIds: texts }),
    ({ tenant, id, body }) => {
      const held = tenant.organizationParts.applicationsOf(id);
      if (!body.applicationIds.length && !tenant.usersByOrganization.has(id)) return noContent;
      const wanted = machines(tenant, id, body.applicationIds);
      tenant.organizationParts.setApplications(
        id,
        new Map(wanted.map((application) => [application, held.get(application) ?? new Set()])),
      );
      return { ...noContent, fires: membershipUpdated(id) };
    },
  ),
  'DELETE /api/organizations/:id/applications/:applicationId': act(({ tenant, id, other }) => {
    const held = new Map(tenant.organizationParts.applicationsOf(id));
    if (!held.delete(other)) refuseMissing();
    tenant.organizationParts.setApplications(id, held);
    return { ...noContent, fires: membershipUpdated(id) };
  }),
  'POST /api/organizations/:id/applications/roles': write(
    z.object({ applicationIds: someTexts, organizationRoleIds: someTexts }),
    ({ tenant, id, body: { applicationIds, organizationRoleIds } }) => {
      give(tenant, id, applicationIds, namedRoles(tenant, { organizationRoleIds }, 'MachineToMachine'));
      return created;
    },
  ),
  'POST /api/organizations/:id/applications/:applicationId/roles': write(
    namedRolesBody,
    ({ tenant, id, other, body }) => {
      give(tenant, id, [other], namedRoles(tenant, body, 'MachineToMachine'));
      return created;
    },
  ),
  'PUT /api/organizations/:id/applications/:applicationId/roles': write(
    namedRolesBody,
    ({ tenant, id, other, body }) => {
      const wanted = namedRoles(tenant, body, 'MachineToMachine');
      rolesAt(tenant, id, other).clear();
      give(tenant, id, [other], wanted);
      return noContent;
    },
  ),
  'DELETE /api/organizations/:id/applications/:applicationId/roles/:organizationRoleId': act(
    ({ tenant, id, other, third }) => {
      const held = tenant.organizationParts.applicationsOf(id).get(other);
      return held?.delete(third) ? noContent : refuseMissing();
    },
  ),
};
