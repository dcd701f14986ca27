Pawl.start()
