package dev.millrace.simulation;

/** What everything in one seed shares. */
record Scene(
    World world,
    Scheduler scheduler,
    SimulatedKinesis kinesis,
    Faults faults,
    Dice dice,
    Trace trace) {}
