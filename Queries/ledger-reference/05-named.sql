-- Registrations whose instance is known from an attempt.
-- by registration
WITH
step (registration, instance_id) AS (
  SELECT registration, MIN(claimed) FROM ran WHERE registration IS NOT NULL AND claimed IS NOT NULL
  GROUP BY registration
)
SELECT registration, instance_id
FROM step
