namespace MemU.Evals.Data;

/// <summary>The data is not what the command reads; the message says where and how to mend it.</summary>
internal sealed class EvalDataException(string message, Exception? inner = null) : Exception(message, inner);
