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
  2026-W37|2026-09-09|6200|3162|3038|0.49|2500|1.31|definition
  2026-W38|2026-09-16|6500|3250|3250|0.50|2700|1.33|definition
  2026-W39|2026-09-23|6900|3243|3657|0.53|2750|1.35|definition
  2026-W40|2026-09-30|6100|3233|2867|0.47|2300|1.30|definition
  2026-W41|2026-10-07|7000|3430|3570|0.51|2600|1.38|definition
  2026-W42|2026-10-14|7300|3504|3796|0.52|2700|1.40|definition
  2026-W43|2026-10-21|7412|3483|3929|0.53|2892|1.43|definition
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
  "spot-advice": """
  title|explanation|place|risk|confidence|saving_usd|basis|all_saving_usd
  Retry interrupted jobs of grid-spot-first on Spot first|134 re-runs landed on On-Demand, $759 above the Spot price of those hours.|grid-spot-first|longer waits|high|759|a week at most|759
  """,
  "restatements": """
  day|reported_at|previously_at|previous_cost_usd|cost_usd|change_usd|all_change_usd
  2026-11-03|2026-11-04T08:20:00Z|2026-11-04T05:20:00Z|1200|1204.5|4.5|4.5
  """,
  "budgets": """
  kind|name|span|budget_usd|so_far_usd|used|expected_usd|low_usd|high_usd|over_usd|state|budgets|at_risk
  everything||week|8000|519.99|0.065|8922.74|6963.05|10882.44|922.74|expected-over|2|1
  tag|team=astro|week|800|59.33|0.074|434.84|229.01|640.67||holds|2|1
  """,
  "confidence": """
  priced_share|spot_history_usd|price_list_usd|bundled_usd|billed_usd|unpriced_seconds|unplaced_attempts|unplaced_seconds|open_instances|collected_at
  0.990|1755|6312||0|69840|5|127|12|2026-11-04T05:20:00Z
  """,
  "cost-by-queue": """
  job_queue|cost_usd|on_demand_usd|jobs|attempts
  grid-spot-first|2203.8|3470.83|1880|1900
  gpu|824.31|1151.24|1257|1277
  urgent-ondemand|428.0|428.0|361|381
  genomics-spot|139.29|396.21|1644|1664
  mpi|33.04|33.04|7|27
  small-fargate|9.53|9.53|342|362
  small-fargate-spot|1.81|5.78|335|355
  |4427.66|||
  """,
  "queue-wait": """
  job_queue|jobs|p50_seconds|p95_seconds
  gpu|1257|360|12600
  small-fargate|342|1860|11880
  grid-spot-first|1880|240|10440
  small-fargate-spot|335|50|10440
  genomics-spot|1644|180|8280
  urgent-ondemand|361|120|5400
  mpi|7|120|180
  """,
  "cost-by-queue-by-day": """
  job_queue|day|cost_usd|is_partial
  grid-spot-first|2026-10-28|136.59|0
  grid-spot-first|2026-10-29|443.46|0
  grid-spot-first|2026-10-30|239.37|0
  grid-spot-first|2026-10-31|531.25|0
  grid-spot-first|2026-11-01|565.59|0
  grid-spot-first|2026-11-02|69.55|0
  grid-spot-first|2026-11-03|64.27|0
  grid-spot-first|2026-11-04|153.72|1
  gpu|2026-10-28|180.43|0
  gpu|2026-10-29|28.16|0
  gpu|2026-10-30|25.19|0
  gpu|2026-10-31|250.06|0
  gpu|2026-11-01|65.11|0
  gpu|2026-11-02|180.03|0
  gpu|2026-11-03|66.5|0
  gpu|2026-11-04|28.82|1
  urgent-ondemand|2026-10-28|58.89|0
  urgent-ondemand|2026-10-29|9.34|0
  urgent-ondemand|2026-10-30|58.2|0
  urgent-ondemand|2026-10-31|103.22|0
  urgent-ondemand|2026-11-01|41.59|0
  urgent-ondemand|2026-11-02|77.01|0
  urgent-ondemand|2026-11-03|64.34|0
  urgent-ondemand|2026-11-04|15.42|1
  genomics-spot|2026-10-28|3.06|0
  genomics-spot|2026-10-29|35.34|0
  genomics-spot|2026-10-30|22.59|0
  genomics-spot|2026-10-31|7.96|0
  genomics-spot|2026-11-01|2.88|0
  genomics-spot|2026-11-02|45.2|0
  genomics-spot|2026-11-03|15.47|0
  genomics-spot|2026-11-04|6.79|1
  mpi|2026-10-28|4.55|0
  mpi|2026-10-29|6.61|0
  mpi|2026-10-30|4.5|0
  mpi|2026-10-31|7.22|0
  mpi|2026-11-01|1.65|0
  mpi|2026-11-02|5.56|0
  mpi|2026-11-03|1.99|0
  mpi|2026-11-04|0.96|1
  small-fargate|2026-10-28|2.66|0
  small-fargate|2026-10-29|2.36|0
  small-fargate|2026-10-30|0.17|0
  small-fargate|2026-10-31|0.2|0
  small-fargate|2026-11-01|0.28|0
  small-fargate|2026-11-02|2.82|0
  small-fargate|2026-11-03|0.69|0
  small-fargate|2026-11-04|0.34|1
  small-fargate-spot|2026-10-28|0.37|0
  small-fargate-spot|2026-10-29|0.12|0
  small-fargate-spot|2026-10-30|0.26|0
  small-fargate-spot|2026-10-31|0.17|0
  small-fargate-spot|2026-11-01|0.14|0
  small-fargate-spot|2026-11-02|0.33|0
  small-fargate-spot|2026-11-03|0.33|0
  small-fargate-spot|2026-11-04|0.1|1
  |2026-10-28|798.78|0
  |2026-10-29|474.25|0
  |2026-10-30|840.54|0
  |2026-10-31|721.29|0
  |2026-11-01|950.22|0
  |2026-11-02|460.91|0
  |2026-11-03|70.53|0
  |2026-11-04|110.48|1
  """,
  "cost-by-tag?team": """
  tag_value|cost_usd|on_demand_usd|kind
  climate & ice|788|788
  Génomique|660|660
  astro|435|435
  render|434|434
  🧬 lab|383|383
  ml-ops|333|333
  Ökologie|130|130
  データ基盤|85|85
  genomics|47|47
  imaging|38|38
  hpc|33|33
  |273.78|
  """,
  "cost-by-tag-by-day?team": """
  tag_value|day|cost_usd|is_partial
  climate & ice|2026-10-28|137.57|0
  climate & ice|2026-10-29|170.59|0
  climate & ice|2026-10-30|151.1|0
  climate & ice|2026-10-31|65.05|0
  climate & ice|2026-11-01|97.35|0
  climate & ice|2026-11-02|16.45|0
  climate & ice|2026-11-03|129.02|0
  climate & ice|2026-11-04|20.88|1
  Génomique|2026-10-28|77.15|0
  Génomique|2026-10-29|26.71|0
  Génomique|2026-10-30|11.0|0
  Génomique|2026-10-31|158.64|0
  Génomique|2026-11-01|209.63|0
  Génomique|2026-11-02|11.77|0
  Génomique|2026-11-03|140.67|0
  Génomique|2026-11-04|24.43|1
  astro|2026-10-28|38.32|0
  astro|2026-10-29|12.76|0
  astro|2026-10-30|23.92|0
  astro|2026-10-31|112.44|0
  astro|2026-11-01|142.38|0
  astro|2026-11-02|9.11|0
  astro|2026-11-03|75.01|0
  astro|2026-11-04|21.05|1
  render|2026-10-28|5.52|0
  render|2026-10-29|60.11|0
  render|2026-10-30|16.94|0
  render|2026-10-31|87.7|0
  render|2026-11-01|107.41|0
  render|2026-11-02|32.43|0
  render|2026-11-03|111.16|0
  render|2026-11-04|12.74|1
  🧬 lab|2026-10-28|36.99|0
  🧬 lab|2026-10-29|14.18|0
  🧬 lab|2026-10-30|103.88|0
  🧬 lab|2026-10-31|12.93|0
  🧬 lab|2026-11-01|22.56|0
  🧬 lab|2026-11-02|54.87|0
  🧬 lab|2026-11-03|107.17|0
  🧬 lab|2026-11-04|30.43|1
  ml-ops|2026-10-28|7.71|0
  ml-ops|2026-10-29|5.37|0
  ml-ops|2026-10-30|83.22|0
  ml-ops|2026-10-31|15.39|0
  ml-ops|2026-11-01|100.42|0
  ml-ops|2026-11-02|88.5|0
  ml-ops|2026-11-03|19.97|0
  ml-ops|2026-11-04|12.44|1
  Ökologie|2026-10-28|10.31|0
  Ökologie|2026-10-29|12.61|0
  Ökologie|2026-10-30|18.28|0
  Ökologie|2026-10-31|15.93|0
  Ökologie|2026-11-01|14.27|0
  Ökologie|2026-11-02|17.1|0
  Ökologie|2026-11-03|36.78|0
  Ökologie|2026-11-04|4.72|1
  データ基盤|2026-10-28|9.3|0
  データ基盤|2026-10-29|7.15|0
  データ基盤|2026-10-30|17.23|0
  データ基盤|2026-10-31|3.22|0
  データ基盤|2026-11-01|4.26|0
  データ基盤|2026-11-02|30.47|0
  データ基盤|2026-11-03|9.74|0
  データ基盤|2026-11-04|3.63|1
  genomics|2026-10-28|8.01|0
  genomics|2026-10-29|1.14|0
  genomics|2026-10-30|5.08|0
  genomics|2026-10-31|8.82|0
  genomics|2026-11-01|1.15|0
  genomics|2026-11-02|9.8|0
  genomics|2026-11-03|10.26|0
  genomics|2026-11-04|2.74|1
  imaging|2026-10-28|0.75|0
  imaging|2026-10-29|6.21|0
  imaging|2026-10-30|3.74|0
  imaging|2026-10-31|7.16|0
  imaging|2026-11-01|2.44|0
  imaging|2026-11-02|7.7|0
  imaging|2026-11-03|8.32|0
  imaging|2026-11-04|1.68|1
  hpc|2026-10-28|0.67|0
  hpc|2026-10-29|0.71|0
  hpc|2026-10-30|6.74|0
  hpc|2026-10-31|13.0|0
  hpc|2026-11-01|1.5|0
  hpc|2026-11-02|3.43|0
  hpc|2026-11-03|5.34|0
  hpc|2026-11-04|1.6|1
  |2026-10-28|27.26|0
  |2026-10-29|32.64|0
  |2026-10-30|26.43|0
  |2026-10-31|33.32|0
  |2026-11-01|72.4|0
  |2026-11-02|25.09|0
  |2026-11-03|34.39|0
  |2026-11-04|21.47|1
  """,
  "cost-by-job-definition": """
  job_definition|cost_usd|kind
  q_1w|1615
  q_1d|445
  LS|391
  Burstable|258
  q_2w|225
  q_2d|203
  BE|196
  q_2w_plus|102
  q_4d|65
  priority_long|44
  wrf-rain|18
  NFCORE_SAREK:SAREK:BAM_0|0.63
  NFCORE_SAREK:SAREK:BAM_1|0.63
  NFCORE_SAREK:SAREK:BAM_2|0.63
  NFCORE_SAREK:SAREK:BAM_3|0.63
  NFCORE_SAREK:SAREK:BAM_4|0.63
  NFCORE_SAREK:SAREK:BAM_5|0.63
  NFCORE_SAREK:SAREK:BAM_6|0.63
  NFCORE_SAREK:SAREK:BAM_7|0.63
  NFCORE_SAREK:SAREK:BAM_8|0.63
  NFCORE_SAREK:SAREK:BAM_9|0.63
  NFCORE_SAREK:SAREK:BAM_10|0.63
  NFCORE_SAREK:SAREK:BAM_11|0.63
  NFCORE_SAREK:SAREK:BAM_12|0.63
  NFCORE_SAREK:SAREK:BAM_13|0.63
  NFCORE_SAREK:SAREK:BAM_14|0.63
  NFCORE_SAREK:SAREK:BAM_15|0.63
  NFCORE_SAREK:SAREK:BAM_16|0.63
  NFCORE_SAREK:SAREK:BAM_17|0.63
  NFCORE_SAREK:SAREK:BAM_18|0.63
  NFCORE_SAREK:SAREK:BAM_19|0.63
  NFCORE_SAREK:SAREK:BAM_20|0.63
  NFCORE_SAREK:SAREK:BAM_21|0.63
  NFCORE_SAREK:SAREK:BAM_22|0.63
  NFCORE_SAREK:SAREK:BAM_23|0.63
  NFCORE_SAREK:SAREK:BAM_24|0.63
  NFCORE_SAREK:SAREK:BAM_25|0.63
  NFCORE_SAREK:SAREK:BAM_26|0.63
  NFCORE_SAREK:SAREK:BAM_27|0.63
  NFCORE_SAREK:SAREK:BAM_28|0.63
  NFCORE_SAREK:SAREK:BAM_29|0.63
  NFCORE_SAREK:SAREK:BAM_30|0.63
  NFCORE_SAREK:SAREK:BAM_31|0.63
  NFCORE_SAREK:SAREK:BAM_32|0.63
  NFCORE_SAREK:SAREK:BAM_33|0.63
  NFCORE_SAREK:SAREK:BAM_34|0.63
  NFCORE_SAREK:SAREK:BAM_35|0.63
  NFCORE_SAREK:SAREK:BAM_36|0.63
  NFCORE_SAREK:SAREK:BAM_37|0.63
  NFCORE_SAREK:SAREK:BAM_38|0.63
  NFCORE_SAREK:SAREK:BAM_39|0.63
  NFCORE_SAREK:SAREK:BAM_40|0.63
  NFCORE_SAREK:SAREK:BAM_41|0.63
  NFCORE_SAREK:SAREK:BAM_42|0.63
  NFCORE_SAREK:SAREK:BAM_43|0.63
  NFCORE_SAREK:SAREK:BAM_44|0.63
  NFCORE_SAREK:SAREK:BAM_45|0.63
  NFCORE_SAREK:SAREK:BAM_46|0.63
  NFCORE_SAREK:SAREK:BAM_47|0.63
  NFCORE_SAREK:SAREK:BAM_48|0.63
  NFCORE_SAREK:SAREK:BAM_49|0.63
  NFCORE_SAREK:SAREK:BAM_50|0.63
  NFCORE_SAREK:SAREK:BAM_51|0.63
  NFCORE_SAREK:SAREK:BAM_52|0.63
  NFCORE_SAREK:SAREK:BAM_53|0.63
  NFCORE_SAREK:SAREK:BAM_54|0.63
  NFCORE_SAREK:SAREK:BAM_55|0.63
  NFCORE_SAREK:SAREK:BAM_56|0.63
  NFCORE_SAREK:SAREK:BAM_57|0.63
  NFCORE_SAREK:SAREK:BAM_58|0.63
  NFCORE_SAREK:SAREK:BAM_59|0.63
  NFCORE_SAREK:SAREK:BAM_60|0.63
  NFCORE_SAREK:SAREK:BAM_61|0.63
  NFCORE_SAREK:SAREK:BAM_62|0.63
  NFCORE_SAREK:SAREK:BAM_63|0.63
  NFCORE_SAREK:SAREK:BAM_64|0.63
  NFCORE_SAREK:SAREK:BAM_65|0.63
  NFCORE_SAREK:SAREK:BAM_66|0.63
  NFCORE_SAREK:SAREK:BAM_67|0.63
  NFCORE_SAREK:SAREK:BAM_68|0.63
  NFCORE_SAREK:SAREK:BAM_69|0.63
  NFCORE_SAREK:SAREK:BAM_70|0.63
  NFCORE_SAREK:SAREK:BAM_71|0.63
  NFCORE_SAREK:SAREK:BAM_72|0.63
  NFCORE_SAREK:SAREK:BAM_73|0.63
  NFCORE_SAREK:SAREK:BAM_74|0.63
  NFCORE_SAREK:SAREK:BAM_75|0.63
  NFCORE_SAREK:SAREK:BAM_76|0.63
  NFCORE_SAREK:SAREK:BAM_77|0.63
  NFCORE_SAREK:SAREK:BAM_78|0.63
  NFCORE_SAREK:SAREK:BAM_79|0.63
  NFCORE_SAREK:SAREK:BAM_80|0.63
  NFCORE_SAREK:SAREK:BAM_81|0.63
  NFCORE_SAREK:SAREK:BAM_82|0.63
  NFCORE_SAREK:SAREK:BAM_83|0.63
  NFCORE_SAREK:SAREK:BAM_84|0.63
  NFCORE_SAREK:SAREK:BAM_85|0.63
  NFCORE_SAREK:SAREK:BAM_86|0.63
  NFCORE_SAREK:SAREK:BAM_87|0.63
  NFCORE_SAREK:SAREK:BAM_88|0.63
  NFCORE_SAREK:SAREK:BAM_89|0.63
  NFCORE_SAREK:SAREK:BAM_90|0.63
  NFCORE_SAREK:SAREK:BAM_91|0.63
  NFCORE_SAREK:SAREK:BAM_92|0.63
  NFCORE_SAREK:SAREK:BAM_93|0.63
  NFCORE_SAREK:SAREK:BAM_94|0.63
  NFCORE_SAREK:SAREK:BAM_95|0.63
  NFCORE_SAREK:SAREK:BAM_96|0.63
  NFCORE_SAREK:SAREK:BAM_97|0.63
  NFCORE_SAREK:SAREK:BAM_98|0.63
  NFCORE_SAREK:SAREK:BAM_99|0.63
  NFCORE_SAREK:SAREK:BAM_100|0.63
  NFCORE_SAREK:SAREK:BAM_101|0.63
  NFCORE_SAREK:SAREK:BAM_102|0.63
  NFCORE_SAREK:SAREK:BAM_103|0.63
  NFCORE_SAREK:SAREK:BAM_104|0.63
  NFCORE_SAREK:SAREK:BAM_105|0.63
  NFCORE_SAREK:SAREK:BAM_106|0.63
  NFCORE_SAREK:SAREK:BAM_107|0.63
  NFCORE_SAREK:SAREK:BAM_108|0.63
  NFCORE_SAREK:SAREK:BAM_109|0.63
  NFCORE_SAREK:SAREK:BAM_110|0.63
  NFCORE_SAREK:SAREK:BAM_111|0.63
  NFCORE_SAREK:SAREK:BAM_112|0.63
  NFCORE_SAREK:SAREK:BAM_113|0.63
  NFCORE_SAREK:SAREK:BAM_114|0.63
  NFCORE_SAREK:SAREK:BAM_115|0.63
  NFCORE_SAREK:SAREK:BAM_116|0.63
  NFCORE_SAREK:SAREK:BAM_117|0.63
  NFCORE_SAREK:SAREK:BAM_118|0.63
  NFCORE_SAREK:SAREK:BAM_119|0.63
  NFCORE_SAREK:SAREK:BAM_120|0.63
  NFCORE_SAREK:SAREK:BAM_121|0.63
  """,
  "cost-by-job-definition-by-day": """
  job_definition|day|cost_usd|is_partial
  q_1w|2026-10-28|383.32|0
  q_1w|2026-10-29|30.08|0
  q_1w|2026-10-30|221.82|0
  q_1w|2026-10-31|350.16|0
  q_1w|2026-11-01|86.64|0
  q_1w|2026-11-02|59.02|0
  q_1w|2026-11-03|412.8|0
  q_1w|2026-11-04|71.16|1
  q_1d|2026-10-28|32.51|0
  q_1d|2026-10-29|25.87|0
  q_1d|2026-10-30|72.77|0
  q_1d|2026-10-31|163.29|0
  q_1d|2026-11-01|18.35|0
  q_1d|2026-11-02|46.7|0
  q_1d|2026-11-03|49.05|0
  q_1d|2026-11-04|36.47|1
  LS|2026-10-28|84.73|0
  LS|2026-10-29|27.56|0
  LS|2026-10-30|88.96|0
  LS|2026-10-31|8.95|0
  LS|2026-11-01|18.59|0
  LS|2026-11-02|53.79|0
  LS|2026-11-03|94.77|0
  LS|2026-11-04|13.65|1
  Burstable|2026-10-28|27.14|0
  Burstable|2026-10-29|10.78|0
  Burstable|2026-10-30|6.92|0
  Burstable|2026-10-31|35.39|0
  Burstable|2026-11-01|9.25|0
  Burstable|2026-11-02|75.05|0
  Burstable|2026-11-03|80.63|0
  Burstable|2026-11-04|12.85|1
  q_2w|2026-10-28|7.75|0
  q_2w|2026-10-29|11.81|0
  q_2w|2026-10-30|64.93|0
  q_2w|2026-10-31|42.77|0
  q_2w|2026-11-01|64.79|0
  q_2w|2026-11-02|15.66|0
  q_2w|2026-11-03|6.18|0
  q_2w|2026-11-04|11.11|1
  q_2d|2026-10-28|14.47|0
  q_2d|2026-10-29|72.8|0
  q_2d|2026-10-30|13.22|0
  q_2d|2026-10-31|18.19|0
  q_2d|2026-11-01|23.95|0
  q_2d|2026-11-02|24.21|0
  q_2d|2026-11-03|23.3|0
  q_2d|2026-11-04|12.84|1
  BE|2026-10-28|42.2|0
  BE|2026-10-29|3.5|0
  BE|2026-10-30|2.35|0
  BE|2026-10-31|44.18|0
  BE|2026-11-01|38.76|0
  BE|2026-11-02|48.15|0
  BE|2026-11-03|11.22|0
  BE|2026-11-04|5.64|1
  q_2w_plus|2026-10-28|22.88|0
  q_2w_plus|2026-10-29|21.86|0
  q_2w_plus|2026-10-30|2.39|0
  q_2w_plus|2026-10-31|14.55|0
  q_2w_plus|2026-11-01|18.01|0
  q_2w_plus|2026-11-02|11.76|0
  q_2w_plus|2026-11-03|7.67|0
  q_2w_plus|2026-11-04|2.88|1
  q_4d|2026-10-28|4.79|0
  q_4d|2026-10-29|5.97|0
  q_4d|2026-10-30|3.65|0
  q_4d|2026-10-31|1.96|0
  q_4d|2026-11-01|14.23|0
  q_4d|2026-11-02|4.75|0
  q_4d|2026-11-03|25.35|0
  q_4d|2026-11-04|4.31|1
  priority_long|2026-10-28|0.5|0
  priority_long|2026-10-29|8.34|0
  priority_long|2026-10-30|5.12|0
  priority_long|2026-10-31|8.7|0
  priority_long|2026-11-01|8.22|0
  priority_long|2026-11-02|8.28|0
  priority_long|2026-11-03|3.69|0
  priority_long|2026-11-04|1.16|1
  wrf-rain|2026-10-28|0.44|0
  wrf-rain|2026-10-29|5.37|0
  wrf-rain|2026-10-30|0.7|0
  wrf-rain|2026-10-31|1.24|0
  wrf-rain|2026-11-01|4.34|0
  wrf-rain|2026-11-02|2.89|0
  wrf-rain|2026-11-03|1.96|0
  wrf-rain|2026-11-04|1.06|1
  NFCORE_SAREK:SAREK:BAM_0|2026-10-28|0.17|0
  NFCORE_SAREK:SAREK:BAM_0|2026-10-29|0.08|0
  NFCORE_SAREK:SAREK:BAM_0|2026-10-30|0.03|0
  NFCORE_SAREK:SAREK:BAM_0|2026-10-31|0.02|0
  NFCORE_SAREK:SAREK:BAM_0|2026-11-01|0.14|0
  NFCORE_SAREK:SAREK:BAM_0|2026-11-02|0.05|0
  NFCORE_SAREK:SAREK:BAM_0|2026-11-03|0.12|0
  NFCORE_SAREK:SAREK:BAM_0|2026-11-04|0.02|1
  NFCORE_SAREK:SAREK:BAM_1|2026-10-28|0.04|0
  NFCORE_SAREK:SAREK:BAM_1|2026-10-29|0.02|0
  NFCORE_SAREK:SAREK:BAM_1|2026-10-30|0.07|0
  NFCORE_SAREK:SAREK:BAM_1|2026-10-31|0.15|0
  NFCORE_SAREK:SAREK:BAM_1|2026-11-01|0.02|0
  NFCORE_SAREK:SAREK:BAM_1|2026-11-02|0.14|0
  NFCORE_SAREK:SAREK:BAM_1|2026-11-03|0.18|0
  NFCORE_SAREK:SAREK:BAM_1|2026-11-04|0.02|1
  NFCORE_SAREK:SAREK:BAM_2|2026-10-28|0.15|0
  NFCORE_SAREK:SAREK:BAM_2|2026-10-29|0.15|0
  NFCORE_SAREK:SAREK:BAM_2|2026-10-30|0.01|0
  NFCORE_SAREK:SAREK:BAM_2|2026-10-31|0.09|0
  NFCORE_SAREK:SAREK:BAM_2|2026-11-01|0.17|0
  NFCORE_SAREK:SAREK:BAM_2|2026-11-02|0.01|0
  NFCORE_SAREK:SAREK:BAM_2|2026-11-03|0.03|0
  NFCORE_SAREK:SAREK:BAM_2|2026-11-04|0.03|1
  NFCORE_SAREK:SAREK:BAM_3|2026-10-28|0.04|0
  NFCORE_SAREK:SAREK:BAM_3|2026-10-29|0.11|0
  NFCORE_SAREK:SAREK:BAM_3|2026-10-30|0.08|0
  NFCORE_SAREK:SAREK:BAM_3|2026-10-31|0.09|0
  NFCORE_SAREK:SAREK:BAM_3|2026-11-01|0.22|0
  NFCORE_SAREK:SAREK:BAM_3|2026-11-02|0.02|0
  NFCORE_SAREK:SAREK:BAM_3|2026-11-03|0.02|0
  NFCORE_SAREK:SAREK:BAM_3|2026-11-04|0.04|1
  NFCORE_SAREK:SAREK:BAM_4|2026-10-28|0.02|0
  NFCORE_SAREK:SAREK:BAM_4|2026-10-29|0.02|0
  NFCORE_SAREK:SAREK:BAM_4|2026-10-30|0.01|0
  NFCORE_SAREK:SAREK:BAM_4|2026-10-31|0.26|0
  NFCORE_SAREK:SAREK:BAM_4|2026-11-01|0.2|0
  NFCORE_SAREK:SAREK:BAM_4|2026-11-02|0.01|0
  NFCORE_SAREK:SAREK:BAM_4|2026-11-03|0.08|0
  NFCORE_SAREK:SAREK:BAM_4|2026-11-04|0.03|1
  NFCORE_SAREK:SAREK:BAM_5|2026-10-28|0.05|0
  NFCORE_SAREK:SAREK:BAM_5|2026-10-29|0.05|0
  NFCORE_SAREK:SAREK:BAM_5|2026-10-30|0.06|0
  NFCORE_SAREK:SAREK:BAM_5|2026-10-31|0.17|0
  NFCORE_SAREK:SAREK:BAM_5|2026-11-01|0.14|0
  NFCORE_SAREK:SAREK:BAM_5|2026-11-02|0.07|0
  NFCORE_SAREK:SAREK:BAM_5|2026-11-03|0.03|0
  NFCORE_SAREK:SAREK:BAM_5|2026-11-04|0.04|1
  NFCORE_SAREK:SAREK:BAM_6|2026-10-28|0.06|0
  NFCORE_SAREK:SAREK:BAM_6|2026-10-29|0.03|0
  NFCORE_SAREK:SAREK:BAM_6|2026-10-30|0.14|0
  NFCORE_SAREK:SAREK:BAM_6|2026-10-31|0.22|0
  NFCORE_SAREK:SAREK:BAM_6|2026-11-01|0.08|0
  NFCORE_SAREK:SAREK:BAM_6|2026-11-02|0.02|0
  NFCORE_SAREK:SAREK:BAM_6|2026-11-03|0.03|0
  NFCORE_SAREK:SAREK:BAM_6|2026-11-04|0.05|1
  NFCORE_SAREK:SAREK:BAM_7|2026-10-28|0.04|0
  NFCORE_SAREK:SAREK:BAM_7|2026-10-29|0.09|0
  NFCORE_SAREK:SAREK:BAM_7|2026-10-30|0.14|0
  NFCORE_SAREK:SAREK:BAM_7|2026-10-31|0.04|0
  NFCORE_SAREK:SAREK:BAM_7|2026-11-01|0.15|0
  NFCORE_SAREK:SAREK:BAM_7|2026-11-02|0.09|0
  NFCORE_SAREK:SAREK:BAM_7|2026-11-03|0.05|0
  NFCORE_SAREK:SAREK:BAM_7|2026-11-04|0.03|1
  NFCORE_SAREK:SAREK:BAM_8|2026-10-28|0.05|0
  NFCORE_SAREK:SAREK:BAM_8|2026-10-29|0.08|0
  NFCORE_SAREK:SAREK:BAM_8|2026-10-30|0.15|0
  NFCORE_SAREK:SAREK:BAM_8|2026-10-31|0.06|0
  NFCORE_SAREK:SAREK:BAM_8|2026-11-01|0.15|0
  NFCORE_SAREK:SAREK:BAM_8|2026-11-02|0.07|0
  NFCORE_SAREK:SAREK:BAM_8|2026-11-03|0.03|0
  NFCORE_SAREK:SAREK:BAM_8|2026-11-04|0.03|1
  """,
  "cost-by-tag": """
  tag_value|cost_usd|on_demand_usd|kind
  climate & ice|788|788
  Génomique|660|660
  astro|435|435
  render|434|434
  🧬 lab|383|383
  ml-ops|333|333
  Ökologie|130|130
  データ基盤|85|85
  genomics|47|47
  imaging|38|38
  hpc|33|33
  |273.78|
  """,
  "cost-by-tag-by-day": """
  tag_value|day|cost_usd|is_partial
  climate & ice|2026-10-28|137.57|0
  climate & ice|2026-10-29|170.59|0
  climate & ice|2026-10-30|151.1|0
  climate & ice|2026-10-31|65.05|0
  climate & ice|2026-11-01|97.35|0
  climate & ice|2026-11-02|16.45|0
  climate & ice|2026-11-03|129.02|0
  climate & ice|2026-11-04|20.88|1
  Génomique|2026-10-28|77.15|0
  Génomique|2026-10-29|26.71|0
  Génomique|2026-10-30|11.0|0
  Génomique|2026-10-31|158.64|0
  Génomique|2026-11-01|209.63|0
  Génomique|2026-11-02|11.77|0
  Génomique|2026-11-03|140.67|0
  Génomique|2026-11-04|24.43|1
  astro|2026-10-28|38.32|0
  astro|2026-10-29|12.76|0
  astro|2026-10-30|23.92|0
  astro|2026-10-31|112.44|0
  astro|2026-11-01|142.38|0
  astro|2026-11-02|9.11|0
  astro|2026-11-03|75.01|0
  astro|2026-11-04|21.05|1
  render|2026-10-28|5.52|0
  render|2026-10-29|60.11|0
  render|2026-10-30|16.94|0
  render|2026-10-31|87.7|0
  render|2026-11-01|107.41|0
  render|2026-11-02|32.43|0
  render|2026-11-03|111.16|0
  render|2026-11-04|12.74|1
  🧬 lab|2026-10-28|36.99|0
  🧬 lab|2026-10-29|14.18|0
  🧬 lab|2026-10-30|103.88|0
  🧬 lab|2026-10-31|12.93|0
  🧬 lab|2026-11-01|22.56|0
  🧬 lab|2026-11-02|54.87|0
  🧬 lab|2026-11-03|107.17|0
  🧬 lab|2026-11-04|30.43|1
  ml-ops|2026-10-28|7.71|0
  ml-ops|2026-10-29|5.37|0
  ml-ops|2026-10-30|83.22|0
  ml-ops|2026-10-31|15.39|0
  ml-ops|2026-11-01|100.42|0
  ml-ops|2026-11-02|88.5|0
  ml-ops|2026-11-03|19.97|0
  ml-ops|2026-11-04|12.44|1
  Ökologie|2026-10-28|10.31|0
  Ökologie|2026-10-29|12.61|0
  Ökologie|2026-10-30|18.28|0
  Ökologie|2026-10-31|15.93|0
  Ökologie|2026-11-01|14.27|0
  Ökologie|2026-11-02|17.1|0
  Ökologie|2026-11-03|36.78|0
  Ökologie|2026-11-04|4.72|1
  データ基盤|2026-10-28|9.3|0
  データ基盤|2026-10-29|7.15|0
  データ基盤|2026-10-30|17.23|0
  データ基盤|2026-10-31|3.22|0
  データ基盤|2026-11-01|4.26|0
  データ基盤|2026-11-02|30.47|0
  データ基盤|2026-11-03|9.74|0
  データ基盤|2026-11-04|3.63|1
  genomics|2026-10-28|8.01|0
  genomics|2026-10-29|1.14|0
  genomics|2026-10-30|5.08|0
  genomics|2026-10-31|8.82|0
  genomics|2026-11-01|1.15|0
  genomics|2026-11-02|9.8|0
  genomics|2026-11-03|10.26|0
  genomics|2026-11-04|2.74|1
  imaging|2026-10-28|0.75|0
  imaging|2026-10-29|6.21|0
  imaging|2026-10-30|3.74|0
  imaging|2026-10-31|7.16|0
  imaging|2026-11-01|2.44|0
  imaging|2026-11-02|7.7|0
  imaging|2026-11-03|8.32|0
  imaging|2026-11-04|1.68|1
  hpc|2026-10-28|0.67|0
  hpc|2026-10-29|0.71|0
  hpc|2026-10-30|6.74|0
  hpc|2026-10-31|13.0|0
  hpc|2026-11-01|1.5|0
  hpc|2026-11-02|3.43|0
  hpc|2026-11-03|5.34|0
  hpc|2026-11-04|1.6|1
  |2026-10-28|27.26|0
  |2026-10-29|32.64|0
  |2026-10-30|26.43|0
  |2026-10-31|33.32|0
  |2026-11-01|72.4|0
  |2026-11-02|25.09|0
  |2026-11-03|34.39|0
  |2026-11-04|21.47|1
  """,
  "bridge": """
  step|evidence|from_usd|to_usd|change_usd
  More jobs ran|5,826 against 5,613|7412.00|7693.00|281.0
  Jobs were smaller|vCPU-hours a job −1.2%|7693.00|7605.00|-88
  Prices rose|rate of the same pools +0.5%|7605.00|7642.00|37
  More ran On-Demand|77% of vCPU-hours, was 75%|7642.00|7773.00|131
  More stood unused|$1.22 a dollar of work, was $1.13|7773.00|8096.00|323
  Less was run again|retried cost|8096.00|8067.44|-28.56
  """,
  "movers": """
  job_definition|cost_usd|change|change_usd|kind
  q_1w|1615|0.12|171|definition
  Burstable|258|0.55|92|definition
  priority_long|44||44|definition
  q_2w_plus|102|0.61|39|definition
  BE|196|0.17|28|definition
  wrf-rain|18||18|definition
  q_4d|65|-0.25|-22|definition
  q_2d|203|-0.27|-77|definition
  LS|391|-0.23|-114|definition
  |747|-0.03|-23|others
  |4428|0.13|499|unused
  """,
  "unused-cost": """
  compute_environment|boot_usd|packing_usd|gap_usd|tail_usd|idle_usd|unused_usd|cost_usd|unused_share
  ondemand-x86|5.05|2041.42|12.10|57.66|0.01|2116.24|4232|0.50
  gpu-od|14.27|1273.20|31.90|55.30|0.06|1374.73|2022|0.68
  spot-batch|3.22|437.40|2.80|8.26|0.09|451.77|961|0.47
  gpu-spot|5.13|296.20|16.19|11.10|0.14|328.76|498|0.66
  spot-general|4.63|136.20|2.27|10.58|0.07|153.75|290|0.53
  mpi|0.57|0|0|1.24|0.60|2.41|35|0.07
  """,
  "utilization": """
  compute_environment|vcpu_share|memory_share|gpu_share|reserved_gib_per_vcpu|capacity_gib_per_vcpu
  ondemand-x86|0.66|0.31||3.8|8.0
  gpu-od|0.28|0.19|0.48|3.3|4.9
  spot-batch|0.75|0.28||2.9|7.8
  gpu-spot|0.30|0.22|0.49|3.3|4.5
  spot-general|0.56|0.27||2.1|4.2
  mpi|0.93|0.90||2.2|2.3
  """,
  "utilization-by-hour": """
  day|hour|share|vcpus
  2026-10-28|0|0.606|100
  2026-10-28|1|0.642|100
  2026-10-28|2|0.564|100
  2026-10-28|3|0.551|100
  2026-10-28|4|0.538|100
  2026-10-28|5|0.606|100
  2026-10-28|6|0.685|100
  2026-10-28|7|0.662|100
  2026-10-28|8|0.733|100
  2026-10-28|9|0.786|100
  2026-10-28|10|0.743|100
  2026-10-28|11|0.737|100
  2026-10-28|12|0.669|100
  2026-10-28|13|0.725|100
  2026-10-28|14|0.754|100
  2026-10-28|15|0.824|100
  2026-10-28|16|0.877|100
  2026-10-28|17|0.880|100
  2026-10-28|18|0.880|100
  2026-10-28|19|0.880|100
  2026-10-28|20|0.809|100
  2026-10-28|21|0.824|100
  2026-10-28|22|0.735|100
  2026-10-28|23|0.671|100
  2026-10-29|0|0.649|100
  2026-10-29|1|0.567|100
  2026-10-29|2|0.494|100
  2026-10-29|3|0.422|100
  2026-10-29|4|0.490|100
  2026-10-29|5|0.432|100
  2026-10-29|6|0.350|100
  2026-10-29|7|0.411|100
  2026-10-29|8|0.350|100
  2026-10-29|9|0.412|100
  2026-10-29|10|0.443|100
  2026-10-29|11|0.504|100
  2026-10-29|12|0.585|100
  2026-10-29|13|0.599|100
  2026-10-29|14|0.653|100
  2026-10-29|15|0.570|100
  2026-10-29|16|0.618|100
  2026-10-29|17|0.620|100
  2026-10-29|18|0.659|100
  2026-10-29|19|0.588|100
  2026-10-29|20|0.633|100
  2026-10-29|21|0.711|100
  2026-10-29|22|0.632|100
  2026-10-29|23|0.600|100
  2026-10-30|0|0.612|100
  2026-10-30|1|0.671|100
  2026-10-30|2|0.624|100
  2026-10-30|3|0.567|100
  2026-10-30|4|0.522|100
  2026-10-30|5|0.542|100
  2026-10-30|6|0.588|100
  2026-10-30|7|0.569|100
  2026-10-30|8|0.545|100
  2026-10-30|9|0.526|100
  2026-10-30|10|0.499|100
  2026-10-30|11|0.485|100
  2026-10-30|12|0.410|100
  2026-10-30|13|0.410|100
  2026-10-30|14|0.495|100
  2026-10-30|15|0.479|100
  2026-10-30|16|0.524|100
  2026-10-30|17|0.463|100
  2026-10-30|18|0.497|100
  2026-10-30|19|0.543|100
  2026-10-30|20|0.574|100
  2026-10-30|21|0.578|100
  2026-10-30|22|0.575|100
  2026-10-30|23|0.600|100
  2026-10-31|0|0.672|100
  2026-10-31|1|0.608|100
  2026-10-31|2|0.536|100
  2026-10-31|3|0.580|100
  2026-10-31|4|0.655|100
  2026-10-31|5|0.658|100
  2026-10-31|6|0.648|100
  2026-10-31|7|0.688|100
  2026-10-31|8|0.631|100
  2026-10-31|9|0.589|100
  2026-10-31|10|0.535|100
  2026-10-31|11|0.550|100
  2026-10-31|12|0.517|100
  2026-10-31|13|0.469|100
  2026-10-31|14|0.503|100
  2026-10-31|15|0.585|100
  2026-10-31|16|0.548|100
  2026-10-31|17|0.585|100
  2026-10-31|18|0.570|100
  2026-10-31|19|0.633|100
  2026-10-31|20|0.648|100
  2026-10-31|21|0.607|100
  2026-10-31|22|0.556|100
  2026-10-31|23|0.470|100
  2026-11-01|0|0.596|100
  2026-11-01|1|0.575|100
  2026-11-01|2|0.516|100
  2026-11-01|3|0.491|100
  2026-11-01|4|0.459|100
  2026-11-01|5|0.508|100
  2026-11-01|6|0.444|100
  2026-11-01|7|0.533|100
  2026-11-01|8|0.529|100
  2026-11-01|9|0.547|100
  2026-11-01|10|0.541|100
  2026-11-01|11|0.601|100
  2026-11-01|12|0.659|100
  2026-11-01|13|0.669|100
  2026-11-01|14|0.666|100
  2026-11-01|15|0.706|100
  2026-11-01|16|0.770|100
  2026-11-01|17|0.752|100
  2026-11-01|18|0.794|100
  2026-11-01|19|0.877|100
  2026-11-01|20|0.871|100
  2026-11-01|21|0.822|100
  2026-11-01|22|0.775|100
  2026-11-01|23|0.814|100
  2026-11-02|0|0.632|100
  2026-11-02|1|0.714|100
  2026-11-02|2|0.778|100
  2026-11-02|3|0.731|100
  2026-11-02|4|0.676|100
  2026-11-02|5|0.632|100
  2026-11-02|6|0.576|100
  2026-11-02|7|0.613|100
  2026-11-02|8|0.677|100
  2026-11-02|9|0.749|100
  2026-11-02|10|0.705|100
  2026-11-02|11|0.771|100
  2026-11-02|12|0.737|100
  2026-11-02|13|0.723|100
  2026-11-02|14|0.765|100
  2026-11-02|15|0.690|100
  2026-11-02|16|0.617|100
  2026-11-02|17|0.677|100
  2026-11-02|18|0.639|100
  2026-11-02|19|0.614|100
  2026-11-02|20|0.628|100
  2026-11-02|21|0.660|100
  2026-11-02|22|0.571|100
  2026-11-02|23|0.541|100
  2026-11-03|0|0.589|100
  2026-11-03|1|0.586|100
  2026-11-03|2|0.534|100
  2026-11-03|3|0.549|100
  2026-11-03|4|0.631|100
  2026-11-03|5|0.611|100
  2026-11-03|6|0.619|100
  2026-11-03|7|0.551|100
  2026-11-03|8|0.510|100
  2026-11-03|9|0.540|100
  2026-11-03|10|0.470|100
  2026-11-03|11|0.540|100
  2026-11-03|12|0.614|100
  2026-11-03|13|0.541|100
  2026-11-03|14|0.621|100
  2026-11-03|15|0.598|100
  2026-11-03|16|0.647|100
  2026-11-03|17|0.693|100
  2026-11-03|18|0.656|100
  2026-11-03|19|0.688|100
  2026-11-03|20|0.716|100
  2026-11-03|21|0.771|100
  2026-11-03|22|0.729|100
  2026-11-03|23|0.774|100
  2026-11-04|0|0.683|100
  2026-11-04|1|0.714|100
  2026-11-04|2|0.721|100
  2026-11-04|3|0.651|100
  2026-11-04|4|0.650|100
  2026-11-04|5|0.623|100
  """,
  "job-cost": """
  job_name|job_id|children|job_queue|status|attempts|cost_usd|on_demand_usd
  q_1w|e23b3516|2|grid-spot-first|SUCCEEDED|3|120.39|154.33
  Burstable|472d8b84|2|gpu|FAILED|6|74.4|99.29
  Burstable|7fe94be0|2|gpu|FAILED|5|72.41|90.36
  q_1w|d679cd8e|3|grid-spot-first|FAILED|5|64.54|90.2
  q_1w|0400fa58||grid-spot-first|SUCCEEDED|2|59.01|73.09
  q_1w|64502d5f|3|grid-spot-first|SUCCEEDED|6|53.09|85.06
  q_1d|90da871c|11|grid-spot-first|SUCCEEDED|12|46.54|80.34
  priority_long|d61b29fc||grid-spot-first|SUCCEEDED|3|43.17|62.21
  q_2w_plus|ca72ef5e||grid-spot-first|SUCCEEDED|3|39.34|48.72
  q_1w|5937d466|3|grid-spot-first|SUCCEEDED|5|38.33|53.68
  """,
  "retry-cost": """
  cause|cost_usd|attempts|per_attempt_usd|share
  interrupted|225.33|331|0.68|0.52
  exit code|170.78|859|0.20|0.39
  out of memory|35.90|58|0.62|0.08
  Cancelled|2.46|16|0.15|0.01
  Timeout|1.63|4|0.41|0.004
  """,
  "postings": """
  account|on_demand_usd|spot_usd|fargate_usd|cost_usd|share|committed_usd
  attempt|2803.144|818.894|10.994|3633.032|0.4503
  startup|4.431|1.98|0.349|6.76|0.0008
  unused.boot|19.90|12.97|0|32.87|0.0041
  unused.packing|3314.814|869.614|0|4184.428|0.5187
  unused.gap|44.40|20.86|0|65.26|0.0081
  unused.tail|113.27|30.86|0|144.13|0.0179
  unused.idle|0.68|0.30|0|0.98|0.0001
  """,
  "bill-difference": """
  what|instances|cost_usd|is_total
  Ledger estimate|235|1906.54|0
  Covered by a savings plan|15|-20.39|0
  Start or end that AWS knows more exactly|220|0.23|0
  Bill, effective cost|235|1886.38|1
  """,
  "findings-by-check": """
  check|severity|subjects|message|seconds
  unpriced|warning|9|No price: m5zn.6xlarge; r5a.8xlarge in eu-west-1c|69840
  unplaced|warning|5|Instance unknown; time counted, cost unknown|127
  open|note|12|Still running; charged to 05:20, restated next week|9000
  start-lower-bound|note|4|Start known from ECS registration only|
  no-pull-time|note|79|Fargate tasks charged from startedAt|
  free-interruption|note|39|Reclaimed in the first hour: not charged|
  """,
  "weekly-titles": """
  top_queue|top_queue_usd|top_queue_share|top_two_tags_share|top_definition|top_definition_share|packing_share|top_environment|top_environment_share|top_ten_jobs_share|top_ten_failed|retried_usd|retried_share|top_cause|top_cause_share|slow_queues|waiting_queues|reserved_min|reserved_max|memory_share|is_dearest_week|weeks|warnings|notes|bridge_top_step|bridge_top_share|top_mover|top_mover_usd
  grid-spot-first|2203.80|0.605|0.40|q_1w|0.44|0.945|ondemand-x86|0.48|0.17|3|436.10|0.054|interrupted|0.52|6|7|0.58|0.66|0.28|1|8|2|4|more stood unused|0.493|q_1w|171
  """,
  "forecast": """
  kind|name|span|first_day|days_left|so_far_usd|expected_usd|low_usd|high_usd|history_days|by_weekday
  everything||week|2026-11-02|7|519.9889|8922.7447|6963.0468|10882.4426|14|0
  job-queue|grid-spot-first|week|2026-11-02|7|84.3472|2091.3195|1785.4540|2397.1850|14|0
  job-queue|gpu|week|2026-11-02|7|137.5532|1076.6503|490.2623|1663.0384|14|0
  job-queue|urgent-ondemand|week|2026-11-02|7|24.5629|367.7419|154.6845|580.7993|14|0
  job-queue|genomics-spot|week|2026-11-02|7|1.9291|128.5260|24.7538|232.2982|14|0
  job-queue|mpi|week|2026-11-02|7|0|32.5962|0|83.4390|14|0
  job-queue|small-fargate|week|2026-11-02|7|6.0991|8.8248|6.8420|10.8075|14|0
  job-queue|small-fargate-spot|week|2026-11-02|7|1.1336|1.6670|1.3832|1.9508|14|0
  everything||month|2026-11-01|29|2179.9571|38625.6248|32917.8913|44333.3584|14|0
  job-queue|grid-spot-first|month|2026-11-01|29|427.9851|9007.6758|8116.8248|9898.5268|14|0
  job-queue|gpu|month|2026-11-01|29|423.8170|4746.6723|3038.7832|6454.5615|14|0
  job-queue|urgent-ondemand|month|2026-11-01|29|110.4852|1609.4245|988.8824|2229.9666|14|0
  job-queue|genomics-spot|month|2026-11-01|29|9.9329|540.4686|238.2261|842.7110|14|0
  job-queue|mpi|month|2026-11-01|29|0|135.0413|0|283.1240|14|0
  job-queue|small-fargate|month|2026-11-01|29|6.0991|18.8191|13.0443|24.5939|14|0
  job-queue|small-fargate-spot|month|2026-11-01|29|1.1336|3.6227|2.7962|4.4492|14|0
  tag|team=Génomique|week|2026-11-02|7|52.4384|940.4384|267.0610|1613.8157|14|0
  tag|cost-center=cc-002|week|2026-11-02|7|26.4060|877.5587|541.5796|1213.5378|14|0
  """,
  "queue-days": """
  job_queue|place|day|is_current|is_partial|cost_usd|period_usd|previous_usd|change_usd
  gpu|1|2026-10-19|0|0|25.3320|1384.2801|769.0205|615.2596
  gpu|1|2026-10-20|0|0|18.5265|1384.2801|769.0205|615.2596
  gpu|1|2026-10-21|0|0|63.1448|1384.2801|769.0205|615.2596
  gpu|1|2026-10-22|0|0|290.2233|1384.2801|769.0205|615.2596
  gpu|1|2026-10-23|0|0|103.3529|1384.2801|769.0205|615.2596
  gpu|1|2026-10-24|0|0|84.6175|1384.2801|769.0205|615.2596
  gpu|1|2026-10-25|0|0|183.8235|1384.2801|769.0205|615.2596
  gpu|1|2026-10-26|1|0|66.2750|1384.2801|769.0205|615.2596
  gpu|1|2026-10-27|1|0|97.3437|1384.2801|769.0205|615.2596
  gpu|1|2026-10-28|1|0|245.6218|1384.2801|769.0205|615.2596
  gpu|1|2026-10-29|1|0|194.7539|1384.2801|769.0205|615.2596
  gpu|1|2026-10-30|1|0|245.0449|1384.2801|769.0205|615.2596
  gpu|1|2026-10-31|1|0|248.9769|1384.2801|769.0205|615.2596
  gpu|1|2026-11-01|1|0|286.2638|1384.2801|769.0205|615.2596
  urgent-ondemand|2|2026-10-19|0|0|6.0371|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-20|0|0|54.8973|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-21|0|0|23.2885|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-22|0|0|12.0735|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-23|0|0|23.6976|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-24|0|0|40.1506|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-25|0|0|39.0848|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-26|1|0|18.7472|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-27|1|0|28.3412|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-28|1|0|158.8163|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-29|1|0|25.8725|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-30|1|0|116.2362|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-10-31|1|0|102.3186|536.2544|199.2294|337.0250
  urgent-ondemand|2|2026-11-01|1|0|85.9223|536.2544|199.2294|337.0250
  grid-spot-first|3|2026-10-19|0|0|214.8400|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-20|0|0|242.6513|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-21|0|0|271.9703|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-22|0|0|288.3678|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-23|0|0|327.4197|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-24|0|0|311.5492|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-25|0|0|288.2921|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-26|1|0|244.2860|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-27|1|0|287.0929|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-28|1|0|305.9126|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-29|1|0|321.9811|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-30|1|0|445.9703|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-10-31|1|0|288.6678|2237.5486|1945.0904|292.4583
  grid-spot-first|3|2026-11-01|1|0|343.6379|2237.5486|1945.0904|292.4583
  genomics-spot|4|2026-10-19|0|0|29.7399|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-20|0|0|28.0427|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-21|0|0|21.4331|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-22|0|0|13.6176|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-23|0|0|45.5175|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-24|0|0|35.4834|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-25|0|0|13.8413|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-26|1|0|33.7279|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-27|1|0|18.2480|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-28|1|0|0.7200|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-29|1|0|1.3629|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-30|1|0|1.0907|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-10-31|1|0|6.2232|69.3765|187.6755|-118.2990
  genomics-spot|4|2026-11-01|1|0|8.0037|69.3765|187.6755|-118.2990
  mpi|5|2026-10-19|0|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-20|0|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-21|0|0|7.3538|47.1923|18.0000|29.1923
  mpi|5|2026-10-22|0|0|10.6462|47.1923|18.0000|29.1923
  mpi|5|2026-10-23|0|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-24|0|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-25|0|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-26|1|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-27|1|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-28|1|0|16.2799|47.1923|18.0000|29.1923
  mpi|5|2026-10-29|1|0|30.9124|47.1923|18.0000|29.1923
  mpi|5|2026-10-30|1|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-10-31|1|0|0|47.1923|18.0000|29.1923
  mpi|5|2026-11-01|1|0|0|47.1923|18.0000|29.1923
  """,
  "outlook-titles": """
  whole_days|week_usd|week_low_usd|week_high_usd|week_start|history_days|month_usd|month_start|watched|series|watch_days|watch_needed|watch_days_left|watch_why|anomalies|unit_definition|unit_usd|unit_failed_usd|unit_failed_share|held_definition|held_seconds|held_share|hidden_usd|hidden_cause|hidden_share|run_name|run_usd|run_jobs|runs
  14|8922.7447|6963.0468|10882.4426|2026-11-02|14|38625.6248|2026-11-01|0|141|14|35|21|||BE|1.0552|0.2748|0.2605|q_1w|41643.8880|0.2722|113.4044|interrupted|0.7351|nf-core/rnaseq|13.2974|295|2
  """,
  "anomalies": """
  kind|name|day|cost_usd|expected_usd|excess_usd|low_usd|high_usd|score|cause|evidence
  """,
  "unit-costs": """
  job_definition|jobs|succeeded_jobs|cost_usd|failed_usd|cost_per_job_usd|cost_per_succeeded_job_usd
  q_1w|633|608|1654.4638|22.6059|2.6137|2.7212
  LS|991|952|696.6630|63.8962|0.7030|0.7318
  BE|722|477|503.3105|131.0931|0.6971|1.0552
  q_2d|493|485|419.9742|1.6811|0.8519|0.8659
  q_4d|73|71|246.1725|0.0195|3.3722|3.4672
  q_2w|165|161|232.5808|18.2107|1.4096|1.4446
  Burstable|19|12|152.7702|30.3191|8.0405|12.7308
  q_1d|669|652|127.9316|1.8042|0.1912|0.1962
  wrf-rain|1|1|32.2151|0|32.2151|32.2151
  lammps|1|1|14.9772|0|14.9772|14.9772
  priority_long|1|0|7.4902|7.4902|7.4902|
  q_2h|452|446|7.2704|0.0181|0.0161|0.0163
  """,
  "hidden-retries": """
  job_definition|cause|attempts|jobs|hours|cost_usd|share
  q_1w|interrupted|86|77|408.5705|48.6015|0.0277
  BE|exit code|102|102|11.6760|19.4033|0.0379
  q_2d|interrupted|58|54|133.4645|10.2748|0.0245
  LS|exit code|13|13|2.2065|9.0630|0.0130
  LS|interrupted|18|18|22.8048|7.5648|0.0109
  q_2w|interrupted|3|2|23.4542|5.5429|0.0247
  BE|interrupted|12|12|12.6401|3.7230|0.0073
  """,
  "array-stragglers": """
  job_id|job_definition|job_queue|children|succeeded|cost_usd|cost_per_child_usd|started_at|stopped_at|seconds|child_p50_seconds|child_p99_seconds|held_seconds|held_share
  0fb8f5f8-906d-40fd-a8f8-f16fef946ee0|q_1w|grid-spot-first|22|20|42.4918|1.9314|2026-10-24T14:35:50.250Z|2026-10-26T09:05:28.845Z|152978.5950|21753.8330|60000|41643.8880|0.2722
  da12e5a4-4fd2-477c-aa9b-f1549b87054a|BE|gpu|15|5|37.1352|2.4757|2026-10-30T05:37:09.620Z|2026-10-30T19:59:14.127Z|51724.5070|357.3330|13077.3330|28172.5440|0.5447
  dcbc12fc-c8a7-4eb8-a007-7df28d21ca5c|q_2w|urgent-ondemand|35|35|30.6125|0.8746|2026-10-29T14:36:10.192Z|2026-10-30T15:43:25.253Z|90435.0610|57262|60000|23023.4090|0.2546
  aaab12fd-4881-4fe8-af84-a36231b11e9c|q_2d|grid-spot-first|49|49|24.3529|0.4970|2026-10-28T08:25:57.600Z|2026-10-28T19:31:54.139Z|39956.5390|10234.1660|15636|17141.8780|0.4290
  9a1cc424-d4cd-4b1e-a518-c95bc32e0fd5|q_1w|grid-spot-first|26|23|61.5901|2.3688|2026-10-28T16:22:29.482Z|2026-10-29T19:48:04.472Z|98734.9900|27634.8330|60000|14242.4910|0.1442
  """,
  "workflow-runs": """
  workflow|rule|job_queue|created_at|stopped_at|hours|jobs|failed_jobs|cost_usd|cost_per_job_usd
  nf-core/rnaseq|nf-core|genomics-spot|2026-10-27T13:41:57.430Z|2026-10-27T22:16:22.772Z|8.5737|295|9|13.2974|0.0451
  nf-core/methylseq|nf-core|genomics-spot|2026-10-31T02:05:56.761Z|2026-10-31T12:25:35.059Z|10.3273|58|0|6.0248|0.1039
  """,
  "spot-audit": """
  spot_usd|spot_share|on_demand_usd|gross_usd|gross_share|lost_usd|lost_attempts|rerun_usd|rerun_attempts|net_usd|net_share|after_loss_share|break_even|lost_hours_share|interruption_share|rerun_times_lost|under_half|free_instances|unpriced_seconds|risen_pool|risen_share|reclaims|spot_hours|outliers|left_out_usd
  1750.50|0.22|5706.40|3955.90|0.693|189.28|278|758.79|134|3007.83|0.527|0.66|0.90|0.22|0.24|4|1|39|94320|r5.24xlarge in zone 1a|0.23|127|1091|0|4.81
  """,
  "spot-bridge": """
  step|evidence|from_usd|to_usd|change_usd|token|is_hollow
  At On-Demand rates||0|5706.40|5706.40|on-demand|0
  Paid for Spot|lost work included|5706.40|3955.90|-1750.50|spot|0
  Gross saving|69.3%|0|3955.90|3955.90|positive|1
  Lost work|278 attempts|3955.90|3766.62|-189.28|negative|0
  Re-runs on On-Demand|134 attempts|3766.62|3007.83|-758.79|negative|0
  Net saving|52.7%|0|3007.83|3007.83|positive|0
  """,
  "spot-savings-by-type": """
  instance_type|cost_usd|lost_usd|on_demand_usd|saved_share|net_share|kept_share|lost_share
  r5.24xlarge|883.2900|110.0100|3171.1200|0.721|0.687|0.244|0.035
  p3.16xlarge|185.6500|8.1700|607.4200|0.694|0.681|0.292|0.013
  g5.48xlarge|173.6400|18.0100|540.7700|0.679|0.646|0.288|0.033
  m6i.16xlarge|99.6400|16.2000|298.4500|0.666|0.612|0.280|0.054
  r5.12xlarge|69.0700|5.5000|223.7200|0.691|0.667|0.284|0.025
  g4dn.12xlarge|85.0400|5.8400|174.1700|0.512|0.478|0.455|0.034
  g5.12xlarge|43.9700|6.7100|153.7500|0.714|0.670|0.242|0.044
  c6i.24xlarge|52.9300|5.8400|138.8400|0.619|0.577|0.339|0.042
  m6i.8xlarge|30.6100|0.1700|77.5200|0.605|0.603|0.393|0.002
  c6i.32xlarge|29.5000|0.0000|67.3300|0.562|0.562|0.438|0.000
  r6i.4xlarge|20.1400|2.1700|45.0200|0.553|0.504|0.399|0.048
  r6i.8xlarge|9.2200|3.0300|28.4800|0.676|0.570|0.217|0.106
  m6i.4xlarge|8.6100|3.7600|22.8100|0.623|0.458|0.213|0.165
  x0.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x1.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x2.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x3.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x4.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x5.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x6.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x7.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x8.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x9.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x10.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x11.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x12.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x13.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x14.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x15.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x16.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x17.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x18.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x19.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x20.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x21.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x22.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x23.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x24.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  x25.large|2.2765|0.1488|6.0385|0.623|0.598|0.352|0.025
  """,
  "interruptions": """
  kind|name|reclaims|hours|per_100_hours|low|high|low_wide|high_wide|all_per_100_hours|stands_out
  By zone|eu-west-1c|40|259|15.4|11|21|9.2|24|11.6|0
  By zone|eu-west-1b|49|422|11.6|8.6|15.3|7.4|17.3|11.6|0
  By zone|eu-west-1a|38|410|9.3|6.6|12.7|5.5|14.6|11.6|0
  By instance type|g5.12xlarge|7|24|28.8|11.6|59|6.8|80|11.6|0
  By instance type|m6i.8xlarge|11|45|24.3|12|43.5|8.3|58|11.6|0
  By instance type|g5.48xlarge|7|30|23.5|9.5|48|5.6|66|11.6|0
  By instance type|r5.24xlarge|38|469|8.1|5.7|11.1|4.8|12.7|11.6|0
  By instance type|r5.12xlarge|5|66|7.6|2.5|17.7|1.3|24|11.6|0
  """,
  "spot-prices": """
  pool|at|price_usd_per_hour|is_running
  r5.24xlarge|2026-10-28T00:00:00Z|1.9070|1
  r5.24xlarge|2026-10-28T06:00:00Z|1.9213|1
  r5.24xlarge|2026-10-28T12:00:00Z|1.9334|1
  r5.24xlarge|2026-10-28T18:00:00Z|1.9153|0
  r5.24xlarge|2026-10-29T00:00:00Z|1.9359|0
  r5.24xlarge|2026-10-29T06:00:00Z|1.9549|0
  r5.24xlarge|2026-10-29T12:00:00Z|1.9555|0
  r5.24xlarge|2026-10-29T18:00:00Z|1.9594|1
  r5.24xlarge|2026-10-30T00:00:00Z|1.9403|1
  r5.24xlarge|2026-10-30T06:00:00Z|1.9329|1
  r5.24xlarge|2026-10-30T12:00:00Z|1.9461|0
  r5.24xlarge|2026-10-30T18:00:00Z|1.9608|0
  r5.24xlarge|2026-10-31T00:00:00Z|1.9678|0
  r5.24xlarge|2026-10-31T06:00:00Z|1.9482|0
  r5.24xlarge|2026-10-31T12:00:00Z|1.9377|1
  r5.24xlarge|2026-10-31T18:00:00Z|1.9602|1
  r5.24xlarge|2026-11-01T00:00:00Z|1.9531|1
  r5.24xlarge|2026-11-01T06:00:00Z|1.9567|0
  r5.24xlarge|2026-11-01T12:00:00Z|1.9459|0
  r5.24xlarge|2026-11-01T18:00:00Z|1.9561|0
  r5.24xlarge|2026-11-02T00:00:00Z|1.9750|0
  r5.24xlarge|2026-11-02T06:00:00Z|1.9709|1
  r5.24xlarge|2026-11-02T12:00:00Z|1.9575|1
  r5.24xlarge|2026-11-02T18:00:00Z|1.9509|1
  r5.24xlarge|2026-11-03T00:00:00Z|1.9315|0
  r5.24xlarge|2026-11-03T06:00:00Z|1.9266|0
  r5.24xlarge|2026-11-03T12:00:00Z|1.9420|0
  r5.24xlarge|2026-11-03T18:00:00Z|1.9361|0
  r5.24xlarge|2026-11-04T00:00:00Z|1.9467|1
  r5.24xlarge|2026-11-04T06:00:00Z|1.9690|1
  r5.24xlarge|2026-11-04T12:00:00Z|1.9818|1
  r5.24xlarge|2026-11-04T18:00:00Z|1.9628|0
  r5.24xlarge b|2026-10-28T00:00:00Z|1.7965|0
  r5.24xlarge b|2026-10-28T06:00:00Z|1.7789|0
  r5.24xlarge b|2026-10-28T12:00:00Z|1.7682|0
  r5.24xlarge b|2026-10-28T18:00:00Z|1.7581|1
  r5.24xlarge b|2026-10-29T00:00:00Z|1.7765|1
  r5.24xlarge b|2026-10-29T06:00:00Z|1.7722|1
  r5.24xlarge b|2026-10-29T12:00:00Z|1.7750|0
  r5.24xlarge b|2026-10-29T18:00:00Z|1.7614|0
  r5.24xlarge b|2026-10-30T00:00:00Z|1.7747|0
  r5.24xlarge b|2026-10-30T06:00:00Z|1.7584|0
  r5.24xlarge b|2026-10-30T12:00:00Z|1.7443|1
  r5.24xlarge b|2026-10-30T18:00:00Z|1.7503|1
  r5.24xlarge b|2026-10-31T00:00:00Z|1.7459|1
  r5.24xlarge b|2026-10-31T06:00:00Z|1.7494|0
  r5.24xlarge b|2026-10-31T12:00:00Z|1.7441|0
  r5.24xlarge b|2026-10-31T18:00:00Z|1.7297|0
  r5.24xlarge b|2026-11-01T00:00:00Z|1.7386|0
  r5.24xlarge b|2026-11-01T06:00:00Z|1.7274|1
  r5.24xlarge b|2026-11-01T12:00:00Z|1.7476|1
  r5.24xlarge b|2026-11-01T18:00:00Z|1.7457|1
  r5.24xlarge b|2026-11-02T00:00:00Z|1.7511|0
  r5.24xlarge b|2026-11-02T06:00:00Z|1.7511|0
  r5.24xlarge b|2026-11-02T12:00:00Z|1.7358|0
  r5.24xlarge b|2026-11-02T18:00:00Z|1.7197|0
  r5.24xlarge b|2026-11-03T00:00:00Z|1.7342|1
  r5.24xlarge b|2026-11-03T06:00:00Z|1.7447|1
  r5.24xlarge b|2026-11-03T12:00:00Z|1.7515|1
  r5.24xlarge b|2026-11-03T18:00:00Z|1.7381|0
  r5.24xlarge b|2026-11-04T00:00:00Z|1.7264|0
  r5.24xlarge b|2026-11-04T06:00:00Z|1.7204|0
  r5.24xlarge b|2026-11-04T12:00:00Z|1.7410|0
  r5.24xlarge b|2026-11-04T18:00:00Z|1.7609|1
  p3.16xlarge|2026-10-28T00:00:00Z|8.1060|1
  p3.16xlarge|2026-10-28T06:00:00Z|8.1104|1
  p3.16xlarge|2026-10-28T12:00:00Z|8.1013|0
  p3.16xlarge|2026-10-28T18:00:00Z|8.0875|0
  p3.16xlarge|2026-10-29T00:00:00Z|8.1774|0
  p3.16xlarge|2026-10-29T06:00:00Z|8.1854|0
  p3.16xlarge|2026-10-29T12:00:00Z|8.1196|1
  p3.16xlarge|2026-10-29T18:00:00Z|8.1781|1
  p3.16xlarge|2026-10-30T00:00:00Z|8.1614|1
  p3.16xlarge|2026-10-30T06:00:00Z|8.2189|0
  p3.16xlarge|2026-10-30T12:00:00Z|8.2568|0
  p3.16xlarge|2026-10-30T18:00:00Z|8.2402|0
  p3.16xlarge|2026-10-31T00:00:00Z|8.2087|0
  p3.16xlarge|2026-10-31T06:00:00Z|8.2656|1
  p3.16xlarge|2026-10-31T12:00:00Z|8.2364|1
  p3.16xlarge|2026-10-31T18:00:00Z|8.2718|1
  p3.16xlarge|2026-11-01T00:00:00Z|8.1912|0
  p3.16xlarge|2026-11-01T06:00:00Z|8.1544|0
  p3.16xlarge|2026-11-01T12:00:00Z|8.1559|0
  p3.16xlarge|2026-11-01T18:00:00Z|8.1905|0
  p3.16xlarge|2026-11-02T00:00:00Z|8.1713|1
  p3.16xlarge|2026-11-02T06:00:00Z|8.2223|1
  p3.16xlarge|2026-11-02T12:00:00Z|8.2034|1
  p3.16xlarge|2026-11-02T18:00:00Z|8.2783|0
  p3.16xlarge|2026-11-03T00:00:00Z|8.3733|0
  p3.16xlarge|2026-11-03T06:00:00Z|8.3850|0
  p3.16xlarge|2026-11-03T12:00:00Z|8.3318|0
  p3.16xlarge|2026-11-03T18:00:00Z|8.4203|1
  p3.16xlarge|2026-11-04T00:00:00Z|8.4642|1
  p3.16xlarge|2026-11-04T06:00:00Z|8.5156|1
  p3.16xlarge|2026-11-04T12:00:00Z|8.5766|0
  p3.16xlarge|2026-11-04T18:00:00Z|8.6164|0
  r5.24xlarge c|2026-10-28T00:00:00Z|1.8067|0
  r5.24xlarge c|2026-10-28T06:00:00Z|1.8139|0
  r5.24xlarge c|2026-10-28T12:00:00Z|1.7969|1
  r5.24xlarge c|2026-10-28T18:00:00Z|1.7964|1
  r5.24xlarge c|2026-10-29T00:00:00Z|1.7871|1
  r5.24xlarge c|2026-10-29T06:00:00Z|1.7940|0
  r5.24xlarge c|2026-10-29T12:00:00Z|1.7947|0
  r5.24xlarge c|2026-10-29T18:00:00Z|1.7789|0
  r5.24xlarge c|2026-10-30T00:00:00Z|1.7735|0
  r5.24xlarge c|2026-10-30T06:00:00Z|1.7633|1
  r5.24xlarge c|2026-10-30T12:00:00Z|1.7637|1
  r5.24xlarge c|2026-10-30T18:00:00Z|1.7698|1
  r5.24xlarge c|2026-10-31T00:00:00Z|1.7614|0
  r5.24xlarge c|2026-10-31T06:00:00Z|1.7438|0
  r5.24xlarge c|2026-10-31T12:00:00Z|1.7370|0
  r5.24xlarge c|2026-10-31T18:00:00Z|1.7241|0
  r5.24xlarge c|2026-11-01T00:00:00Z|1.7210|1
  r5.24xlarge c|2026-11-01T06:00:00Z|1.7270|1
  r5.24xlarge c|2026-11-01T12:00:00Z|1.7305|1
  r5.24xlarge c|2026-11-01T18:00:00Z|1.7353|0
  r5.24xlarge c|2026-11-02T00:00:00Z|1.7492|0
  r5.24xlarge c|2026-11-02T06:00:00Z|1.7630|0
  r5.24xlarge c|2026-11-02T12:00:00Z|1.7597|0
  r5.24xlarge c|2026-11-02T18:00:00Z|1.7652|1
  r5.24xlarge c|2026-11-03T00:00:00Z|1.7847|1
  r5.24xlarge c|2026-11-03T06:00:00Z|1.7907|1
  r5.24xlarge c|2026-11-03T12:00:00Z|1.8080|0
  r5.24xlarge c|2026-11-03T18:00:00Z|1.7942|0
  r5.24xlarge c|2026-11-04T00:00:00Z|1.8006|0
  r5.24xlarge c|2026-11-04T06:00:00Z|1.8075|0
  r5.24xlarge c|2026-11-04T12:00:00Z|1.8044|1
  r5.24xlarge c|2026-11-04T18:00:00Z|1.7953|1
  g5.48xlarge|2026-10-28T00:00:00Z|6.0684|1
  g5.48xlarge|2026-10-28T06:00:00Z|6.1360|0
  g5.48xlarge|2026-10-28T12:00:00Z|6.1551|0
  g5.48xlarge|2026-10-28T18:00:00Z|6.2264|0
  g5.48xlarge|2026-10-29T00:00:00Z|6.2210|0
  g5.48xlarge|2026-10-29T06:00:00Z|6.2935|1
  g5.48xlarge|2026-10-29T12:00:00Z|6.2702|1
  g5.48xlarge|2026-10-29T18:00:00Z|6.2243|1
  g5.48xlarge|2026-10-30T00:00:00Z|6.2228|0
  g5.48xlarge|2026-10-30T06:00:00Z|6.2676|0
  g5.48xlarge|2026-10-30T12:00:00Z|6.2067|0
  g5.48xlarge|2026-10-30T18:00:00Z|6.1821|0
  g5.48xlarge|2026-10-31T00:00:00Z|6.2266|1
  g5.48xlarge|2026-10-31T06:00:00Z|6.2010|1
  g5.48xlarge|2026-10-31T12:00:00Z|6.2739|1
  g5.48xlarge|2026-10-31T18:00:00Z|6.2951|0
  g5.48xlarge|2026-11-01T00:00:00Z|6.3214|0
  g5.48xlarge|2026-11-01T06:00:00Z|6.3616|0
  g5.48xlarge|2026-11-01T12:00:00Z|6.4044|0
  g5.48xlarge|2026-11-01T18:00:00Z|6.4155|1
  g5.48xlarge|2026-11-02T00:00:00Z|6.3933|1
  g5.48xlarge|2026-11-02T06:00:00Z|6.3947|1
  g5.48xlarge|2026-11-02T12:00:00Z|6.4355|0
  g5.48xlarge|2026-11-02T18:00:00Z|6.3763|0
  g5.48xlarge|2026-11-03T00:00:00Z|6.3765|0
  g5.48xlarge|2026-11-03T06:00:00Z|6.4373|0
  g5.48xlarge|2026-11-03T12:00:00Z|6.3750|1
  g5.48xlarge|2026-11-03T18:00:00Z|6.3712|1
  g5.48xlarge|2026-11-04T00:00:00Z|6.4067|1
  g5.48xlarge|2026-11-04T06:00:00Z|6.4106|0
  g5.48xlarge|2026-11-04T12:00:00Z|6.4009|0
  g5.48xlarge|2026-11-04T18:00:00Z|6.4568|0
  g5.48xlarge b|2026-10-28T00:00:00Z|5.9791|0
  g5.48xlarge b|2026-10-28T06:00:00Z|5.9280|1
  g5.48xlarge b|2026-10-28T12:00:00Z|5.9593|1
  g5.48xlarge b|2026-10-28T18:00:00Z|5.9373|1
  g5.48xlarge b|2026-10-29T00:00:00Z|5.9969|0
  g5.48xlarge b|2026-10-29T06:00:00Z|6.0000|0
  g5.48xlarge b|2026-10-29T12:00:00Z|6.0057|0
  g5.48xlarge b|2026-10-29T18:00:00Z|5.9659|0
  g5.48xlarge b|2026-10-30T00:00:00Z|6.0128|1
  g5.48xlarge b|2026-10-30T06:00:00Z|5.9831|1
  g5.48xlarge b|2026-10-30T12:00:00Z|6.0275|1
  g5.48xlarge b|2026-10-30T18:00:00Z|5.9706|0
  g5.48xlarge b|2026-10-31T00:00:00Z|6.0395|0
  g5.48xlarge b|2026-10-31T06:00:00Z|6.0723|0
  g5.48xlarge b|2026-10-31T12:00:00Z|6.1240|0
  g5.48xlarge b|2026-10-31T18:00:00Z|6.1498|1
  g5.48xlarge b|2026-11-01T00:00:00Z|6.1847|1
  g5.48xlarge b|2026-11-01T06:00:00Z|6.1626|1
  g5.48xlarge b|2026-11-01T12:00:00Z|6.1213|0
  g5.48xlarge b|2026-11-01T18:00:00Z|6.1158|0
  g5.48xlarge b|2026-11-02T00:00:00Z|6.1384|0
  g5.48xlarge b|2026-11-02T06:00:00Z|6.0916|0
  g5.48xlarge b|2026-11-02T12:00:00Z|6.0404|1
  g5.48xlarge b|2026-11-02T18:00:00Z|6.0564|1
  g5.48xlarge b|2026-11-03T00:00:00Z|6.1129|1
  g5.48xlarge b|2026-11-03T06:00:00Z|6.1098|0
  g5.48xlarge b|2026-11-03T12:00:00Z|6.1294|0
  g5.48xlarge b|2026-11-03T18:00:00Z|6.1947|0
  g5.48xlarge b|2026-11-04T00:00:00Z|6.1403|0
  g5.48xlarge b|2026-11-04T06:00:00Z|6.0993|1
  g5.48xlarge b|2026-11-04T12:00:00Z|6.1062|1
  g5.48xlarge b|2026-11-04T18:00:00Z|6.1197|1
  """,
  "right-sizing": """
  job_definition|vcpus_requested|vcpus_used_p95|vcpus_advised|memory_gib_requested|memory_gib_used_p95|memory_gib_advised|cost_usd|saving_usd|status
  QUALIMAP_RNASEQ|6|0.87|1|36|10.9|12.5|2.44|1.86|advised
  NFCORE:ALIGN_IGENOMES|12|5.4|6.2|72|36|41|3.47|1.6|advised
  NFCORE:CONCOCT-fg|2|1.9|2.0|4|0.9|1.03|9.53|1.29|advised
  NFCORE:TRIMGALORE|12|6.4|7.4|72|2.9|3.3|1.81|1.11|advised
  NFCORE:HAPLOTYPECALLER|6|6|6|36|7|8|3.42|1.06|advised
  NFCORE:RUNDEEPVARIANT|24|32|32|144|22|25|2.88|0.95|advised
  NFCORE:GATK4_APPLYBQSR|2|1|1.15|4|1.5|1.7|1.92|0.87|advised
  NFCORE:MARKDUPLICATES|6|0.87|1|36|30|34|1.6|0.83|advised
  NFCORE:STRELKA_SINGLE|10|6.6|7.6|8|2.3|2.6|2.3|0.63|advised
  NFCORE:METABAT2-fg|8|5.6|6.4|16|4.5|5.2|1.81|0.53|advised
  """,
  "right-sizing-totals": """
  environments_saving_usd|sizes_saving_usd|measured_usd|attempts_measured|attempts|out_of_memory_attempts|out_of_memory_usd|known_share|over_memory|definitions|unknown_top|shape_environment|shape_reserved|shape_bought|changes|best_scenario|best_saving_share|three_saving_usd
  2431|14.79|45.25|822|6705|58|35.90|0.009|10|10|1|ondemand-x86|3.8|8.0|3|All three changes|0.30|2400
  """,
  "usage-coverage": """
  job_queue|attempts_known|attempts|known_share|cost_usd
  grid-spot-first|0|2061|0|2204
  gpu|0|1863|0|824
  urgent-ondemand|0|366|0|428
  genomics-spot|529|1726|0.306|139
  mpi|0|7|0|33
  small-fargate|166|344|0.483|9.53
  small-fargate-spot|127|338|0.376|1.81
  """,
  "replays": """
  scenario|cost_usd|p95_wait_seconds|is_best|is_actual
  All on Spot|4420|24900|1|0
  All three, no On-Demand overflow|5050|17640|1|0
  All three|5640|12600|1|0
  All three, 64 vCPUs kept warm|6010|4320|1|0
  m5 first|7050|11160|definition
  One-GPU types|7230|12960|definition
  Spot retried first|7310|15840|definition
  Twice the maximum vCPUs|8190|6840|definition
  As it ran|8067|11000|0|1
  """,
  "cost-by-day-part": """
  day|label|part|stack|cost_usd|day_usd|share|is_partial
  2026-10-28|Wed 28|On-Demand|1|192|707|0.2716|0
  2026-10-28|Wed 28|Spot|2|116|707|0.1641|0
  2026-10-28|Wed 28|Fargate|3|1|707|0.0014|0
  2026-10-28|Wed 28|Unused|5|398|707|0.5629|0
  2026-10-29|Thu 29|On-Demand|1|303|887|0.3416|0
  2026-10-29|Thu 29|Spot|2|112|887|0.1263|0
  2026-10-29|Thu 29|Fargate|3|1|887|0.0011|0
  2026-10-29|Thu 29|Unused|5|471|887|0.5310|0
  2026-10-30|Fri 30|On-Demand|1|464|1413|0.3284|0
  2026-10-30|Fri 30|Spot|2|157|1413|0.1111|0
  2026-10-30|Fri 30|Fargate|3|2|1413|0.0014|0
  2026-10-30|Fri 30|Unused|5|790|1413|0.5591|0
  2026-10-31|Sat 31|On-Demand|1|519|1186|0.4376|0
  2026-10-31|Sat 31|Spot|2|84|1186|0.0708|0
  2026-10-31|Sat 31|Fargate|3|1|1186|0.0008|0
  2026-10-31|Sat 31|Unused|5|582|1186|0.4907|0
  2026-11-01|Sun 1|On-Demand|1|378|1098|0.3443|0
  2026-11-01|Sun 1|Spot|2|104|1098|0.0947|0
  2026-11-01|Sun 1|Fargate|3|1|1098|0.0009|0
  2026-11-01|Sun 1|Unused|5|615|1098|0.5601|0
  2026-11-02|Mon 2|On-Demand|1|307|1001|0.3067|0
  2026-11-02|Mon 2|Spot|2|101|1001|0.1009|0
  2026-11-02|Mon 2|Fargate|3|1|1001|0.0010|0
  2026-11-02|Mon 2|Unused|5|592|1001|0.5914|0
  2026-11-03|Tue 3|On-Demand|1|505|1411|0.3579|0
  2026-11-03|Tue 3|Spot|2|101|1411|0.0716|0
  2026-11-03|Tue 3|Fargate|3|2|1411|0.0014|0
  2026-11-03|Tue 3|Unused|5|803|1411|0.5691|0
  2026-11-04|Wed 4|On-Demand|1|153|364|0.4203|1
  2026-11-04|Wed 4|Spot|2|28|364|0.0769|1
  2026-11-04|Wed 4|Fargate|3|2|364|0.0055|1
  2026-11-04|Wed 4|Unused|5|181|364|0.4973|1
  """,
  "spot-pools": """
  pool|instance_type|zone|cost_usd|hours|under_on_demand|low|high|dear_usd|sibling_usd
  r5.24xlarge eu-west-1a|r5.24xlarge|eu-west-1a|422|210|0.70|1.89|2.32|200|180
  r5.24xlarge eu-west-1b|r5.24xlarge|eu-west-1b|310|173|0.74|1.79|1.81|0|0
  """,
  "on-demand-leakage": """
  job_queue|why|attempts|hours|cost_usd|spot_usd|premium_usd|share
  grid-spot-first|spot-lost|134|300|1009.12|250.33|758.79|0.3
  grid-spot-first|spot-unavailable|20|30|100|30|70|0.03
  """,
  "spot-net-by-pool": """
  instance_type|zone|cost_usd|on_demand_usd|gross_usd|lost_usd|rerun_usd|net_usd|is_dearer|dearer_pools|dearer_usd
  g4dn.12xlarge|eu-west-1b|14.71|48.18|33.46|3.76|68.16|-38.46|1|1|-38.46
  r5.24xlarge|eu-west-1a|422|1406|984|40|100|844|0|1|-38.46
  """,
]
