import Guard

FrontEnd.main()
