namespace MemU.Crash;

public sealed class WriterKillWithSqliteVectorsTests() : WriterKillSuite("sqlite");
