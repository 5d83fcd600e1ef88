create index onboardings_found on onboardings using gin (search_text(plan, null, null) gin_trgm_ops);
create index onboarding_plans_found on onboarding_plans using gin (search_text(name, null, null) gin_trgm_ops);
