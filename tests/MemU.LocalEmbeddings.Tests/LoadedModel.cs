using MemU.Onnx;

namespace MemU.LocalEmbeddings.Tests;

/// <summary>The model, loaded once for all tests.</summary>
public sealed class LoadedModel : IDisposable
{
    public OnnxEmbeddings Model { get; } = (PackagedModel.MiniLM with { Options = PackagedModel.MiniLM.Options with { Threads = 1 } }).Load();

    public void Dispose() => Model.Dispose();
}
