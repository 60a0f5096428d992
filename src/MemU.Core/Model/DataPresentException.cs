namespace MemU;

/// <summary>A restore would replace data and was not told to. Nothing was changed.</summary>
public sealed class DataPresentException(string message) : MemUException(message);
