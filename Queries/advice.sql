-- What to change about compute environments, and an estimate of what that saves.
-- A row is a piece of advice of the last ISO week in the period that has most of its days there, most expensive first.
--   position            1 is the most expensive
--   rule                family, fargate, generation, gpu-size, instance-size, minimum-vcpus, packing, retry-on-spot,
--                       scale-down, spot-share: reports put each in words (`{{sentence advice-title}}`)
--   place               the compute environment or job queue to change;  environment the one whose cost falls;
--                       purchase its purchase option: spot, on-demand
--   instance_types      the types it is about, most expensive first;  instances, attempts how many ran
--   replaced, offered   the type or family now listed first, and the family to list before it;  family that of
--                       instance_types
--   vcpu_share, memory_share, gpu_share  what jobs reserved, as a share of these instances' capacity
--   cheaper_share       how much lower the other price is;  offered_mib_per_vcpu memory per vCPU of the family offered
--   job_definition      requests requested_mib and should request advised_mib, because its hosts have host_mib for jobs
--   minimum_vcpus, delay_minutes  the current settings
--   cost_usd            cost of the work in question;  elsewhere_usd the same on Fargate;  boot_usd that week's boots
--   confidence          low, fair, high
--   saving_usd          the most it saves by itself in that week;  basis its unit
--   counted_usd         what it still saves after the advice before it: these add up
--   replayed_usd        what it saves in a replay of the week (`batchcost replay --advice all`), and its
--                       standard deviation, replayed_spread_usd; replayed advice comes first, largest saving first
--   replayed_note       why a replay that was asked for gave no saving
WITH days AS (
  SELECT week AS week, COUNT(*) AS days, MAX(day) AS last_day
  FROM calendar WHERE date >= :from AND date < :to GROUP BY week
),
chosen AS (
  SELECT week AS week FROM days ORDER BY CASE WHEN days >= 4 THEN 0 ELSE 1 END, last_day DESC LIMIT 1
)
SELECT
  a.position AS position,
  a.rule AS rule,
  a.saving AS saving_nanodollars,
  CASE
    WHEN (SELECT COUNT(*) FROM calendar k WHERE k.week = a.week AND k.until IS NULL) = 7 THEN 'a week, estimated'
    ELSE 'so far, estimated'
  END AS basis,
  a.counted AS counted_nanodollars,
  a.place AS place,
  a.environment AS environment,
  a.purchase AS purchase,
  a.instance_types AS instance_types,
  a.replaced AS replaced,
  a.family AS family,
  a.offered AS offered,
  a.job_definition AS job_definition,
  a.instances AS instances,
  a.attempts AS attempts,
  a.vcpu_share AS vcpu_share,
  a.memory_share AS memory_share,
  a.gpu_share AS gpu_share,
  a.cheaper_share AS cheaper_share,
  a.offered_mib_per_vcpu AS offered_mib_per_vcpu,
  a.requested_mib AS requested_mib,
  a.advised_mib AS advised_mib,
  a.host_mib AS host_mib,
  a.minimum_vcpus AS minimum_vcpus,
  a.delay_minutes AS delay_minutes,
  a.cost AS cost_nanodollars,
  a.elsewhere AS elsewhere_nanodollars,
  a.boot AS boot_nanodollars,
  a.confidence AS confidence,
  a.week AS week,
  r.saving AS replayed_nanodollars,
  r.spread AS replayed_spread_nanodollars,
  f.reason AS replayed_note
FROM advice a
JOIN chosen c ON c.week = a.week
LEFT JOIN build b ON b.product = 'insights'
LEFT JOIN replay_answer r ON r.week = a.week AND r.advice = a.position AND r.inputs = b.inputs
LEFT JOIN replay_refusal f ON f.week = a.week AND f.advice = a.position AND f.inputs = b.inputs
ORDER BY CASE WHEN r.saving IS NULL THEN 1 ELSE 0 END, r.saving DESC, a.position
