/// The rows of a week of an invented account: what the mock pages show.
let weekTables: [String: String] = [
  "totals": """
    cost_usd|attempt_usd|startup_usd|unused_usd|on_demand_usd|unpriced_seconds|unplaced_seconds|open_seconds|jobs|attempts|instances
    8067.44|3633.02|6.76|4427.66|12023.34|69840|127|9000|5826|6705|412
    """,
  "headline": """
    cost_usd|previous_cost_usd|change|change_usd|unused_share|unused_share_change|unused_usd|net_saving_usd|previous_net_saving_usd|net_saving_change|cost_per_job_usd|previous_cost_per_job_usd|cost_per_job_change|work_usd|packing_usd|packing_share|top_type|top_type_option|top_type_usd|top_type_share|top_type_instances|top_type_unused_share|unused_days|full_days
    8067.44|7412|0.0884|655.44|0.5488|0.02|4427.66|3007.83|2892|0.04|1.50|1.43|0.05|3639.78|4184.42|0.945|r5.24xlarge|On-Demand|4219|0.523|26|0.5|6|7
    """,
  "cost-by-week": """
    week|week_start|cost_usd|work_usd|unused_usd|unused_share|net_saving_usd|cost_per_job_usd|is_current|is_partial
    2026-W37|2026-09-09|6200|3162|3038|0.49|2500|1.31|0|0
    2026-W38|2026-09-16|6500|3250|3250|0.50|2700|1.33|0|0
    2026-W39|2026-09-23|6900|3243|3657|0.53|2750|1.35|0|0
    2026-W40|2026-09-30|6100|3233|2867|0.47|2300|1.30|0|0
    2026-W41|2026-10-07|7000|3430|3570|0.51|2600|1.38|0|0
    2026-W42|2026-10-14|7300|3504|3796|0.52|2700|1.40|0|0
    2026-W43|2026-10-21|7412|3483|3929|0.53|2892|1.43|0|0
    2026-W44|2026-10-28|8067.44|3639.78|4427.66|0.5488|3007.83|1.50|1|1
    """,
  "cost-by-day": """
    day|purchase_option|cost_usd|attempt_usd|startup_usd|unused_usd|on_demand_usd|is_partial|until
    2026-10-28|On-Demand|500|192|1|307|500|0|
    2026-10-28|Spot|208|116|1|91|600|0|
    2026-10-28|Fargate|1|1|0|0|1|0|
    2026-10-29|On-Demand|680|303|1|376|680|0|
    2026-10-29|Spot|206|112|1|93|600|0|
    2026-10-29|Fargate|1|1|0|0|1|0|
    2026-10-30|On-Demand|1100|464|1|635|1100|0|
    2026-10-30|Spot|311|157|1|153|900|0|
    2026-10-30|Fargate|2|2|0|0|2|0|
    2026-10-31|On-Demand|1000|519|1|480|1000|0|
    2026-10-31|Spot|185|84|1|100|600|0|
    2026-10-31|Fargate|1|1|0|0|1|0|
    2026-11-01|On-Demand|900|378|1|521|900|0|
    2026-11-01|Spot|197|104|1|92|700|0|
    2026-11-01|Fargate|1|1|0|0|1|0|
    2026-11-02|On-Demand|800|307|1|492|800|0|
    2026-11-02|Spot|200|101|1|98|700|0|
    2026-11-02|Fargate|1|1|0|0|1|0|
    2026-11-03|On-Demand|1100|505|1|594|1100|0|
    2026-11-03|Spot|309|101|1|207|900|0|
    2026-11-03|Fargate|2|2|0|0|2|0|
    2026-11-04|On-Demand|300|153|1|146|300|1|05:20
    2026-11-04|Spot|62|28|1|33|180|1|05:20
    2026-11-04|Fargate|2|2|0|0|2|1|05:20
    """,
  "advice": """
    where|title|explanation|saving_usd|basis|now|advice|note
    ondemand-x86|Offer m5 before r5.24xlarge in ondemand-x86|Jobs there reserve 66% of the vCPUs but 31% of the memory that we pay for. The same vCPUs on m5 list for 24% less.|1017|a week at most|r5.24xlarge, 26 instances; 66% of vCPUs and 31% of memory reserved|Offer m5.4xlarge to m5.24xlarge first; keep r5 for jobs above 4 GiB per vCPU|$275 without moving jobs between instances
    gpu-od|Keep one-GPU jobs off eight-GPU instances in gpu-od|714 one-GPU attempts ran on p3.16xlarge and g5.48xlarge, where 39% and 55% of the GPUs were reserved. At 80%, that is $838 less.|838|a week at most|p3.16xlarge and g5.48xlarge; 714 of 958 attempts want one GPU|Add g4dn.xlarge and g5.xlarge; give eight-GPU jobs a queue of their own|at 80% of GPUs reserved
    grid-spot-first|Retry interrupted jobs on Spot first|134 re-runs landed on On-Demand, $759 above the Spot price of those hours.|759|a week at most|134 re-runs after interruptions fell through to On-Demand|Put a second Spot environment before ondemand-x86|at the Spot price of those hours
    """,
  "confidence": """
    priced_share|spot_history_usd|price_list_usd|bundle_usd|billed_usd|unpriced_seconds|unplaced_attempts|unplaced_seconds|open_instances|open_until
    0.990|1755|6312||0|69840|5|127|12|2026-11-04T05:20:00Z
    """,
]
