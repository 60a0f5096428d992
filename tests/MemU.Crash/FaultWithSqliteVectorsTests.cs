namespace MemU.Crash;

public sealed class FaultWithSqliteVectorsTests() : FaultSuite("sqlite");
