-- Sessions: what a signed-in person learns about themselves, and the audit of signing in.

-- One question per request answers who is asking and what they may do; PostgREST has checked the token by then.
create function public.who_am_i() returns jsonb
  language plpgsql stable security definer set search_path = ''
as $$
begin
  if auth.uid() is null then return app.refusal('session.missing'); end if;
  return app.success(jsonb_build_object(
    'userId', auth.uid(),
    'email', coalesce(auth.jwt()->>'email', ''),
    'memberships', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.id, 'role', m.role, 'agencyId', m.agency_id, 'scope', m.scope, 'enterpriseId', m.enterprise_id,
        'displayName', m.display_name, 'licenceNumber', m.licence_number, 'licenceValidUntil', m.licence_valid_until,
        'agencyName', g.name, 'placeName', coalesce(e.name, v.name)) order by m.created_at, m.id), '[]')
      from app.active_memberships() m
      left join public.agencies g on g.id = m.agency_id
      left join public.enterprises e on e.id = m.enterprise_id
      left join public.area_versions v on v.scope = m.scope and v.valid_to is null)));
end $$;
comment on function public.who_am_i() is 'The asking account and its active memberships, named. Security definer: it returns the asking user''s own rows only.';
grant execute on function public.who_am_i() to authenticated;

-- Written by the server, which alone knows of a failed attempt and of where it came from. A failure is filed
-- under the scope of the account it aimed at, so that its administrator reads it; an unknown address under ''.
create function public.note_sign_in(p_email text, p_succeeded boolean, p_reason text, p_address text) returns jsonb
  language plpgsql volatile security definer set search_path = ''
as $$
declare aimed public.memberships;
begin
  select m.* into aimed from public.memberships m
  where lower(m.email) = lower(p_email) and m.ended_at is null order by length(m.scope), m.created_at limit 1;
  perform app.audit(aimed.user_id, 'session.sign_in', null, p_succeeded, coalesce(aimed.scope, ''),
    jsonb_strip_nulls(jsonb_build_object('reason', p_reason, 'address', p_address,
      'account', regexp_replace(lower(p_email), '^(.).*@', '\1***@'))));
  return app.success('{}');
end $$;
comment on function public.note_sign_in is 'Audit of an attempt to sign in; the account is kept masked (w***@example.cn).';
grant execute on function public.note_sign_in(text, boolean, text, text) to service_role;
