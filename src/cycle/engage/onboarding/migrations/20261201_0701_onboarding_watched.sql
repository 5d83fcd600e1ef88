select search_watch('onboarding_plans', 'plan', 'name', '{}');
select search_watch('onboardings', 'onboarding', 'plan', '{}');
