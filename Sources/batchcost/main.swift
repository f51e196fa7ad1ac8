print("batchcost")
