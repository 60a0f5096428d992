using System.Runtime.InteropServices;

namespace MemU.Benchmarks.Baselines;

/// <summary>FAISS as <c>bench/faiss.sh</c> builds it; nothing of it is part of this project.</summary>
internal static unsafe class FaissLibrary
{
    private const string Name = "libmemu-faiss.so";
    private static readonly nint Library = Load();

    /// <summary>What to do when it is not there; null when it is.</summary>
    public static string? Missing => Library != 0
        ? null
        : "FAISS is not built here, so nothing was measured beside it. Run bench/faiss.sh once (some minutes; needs a Debian with g++ and cmake), then again.";

    public static nint NewFlat(int dimension) => New("memu_faiss_flat", dimension);

    public static nint NewSq8(int dimension) => New("memu_faiss_sq8", dimension);

    public static void Add(nint index, long count, float* rows) =>
        Check(((delegate* unmanaged<nint, long, float*, int>)Function("memu_faiss_add"))(index, count, rows), "take the rows");

    /// <summary>The function that asks a question with one thread: index, question, how many hits, room for scores and numbers.</summary>
    public static delegate* unmanaged<nint, float*, long, float*, long*, int> Search =>
        (delegate* unmanaged<nint, float*, long, float*, long*, int>)Function("memu_faiss_search");

    public static void Free(nint index) => ((delegate* unmanaged<nint, void>)Function("memu_faiss_free"))(index);

    public static void Check(int result, string work)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"FAISS could not {work}.");
        }
    }

    private static nint New(string function, int dimension) =>
        ((delegate* unmanaged<int, nint>)Function(function))(dimension) is var index and not 0
            ? index
            : throw new InvalidOperationException("FAISS could not make an index.");

    private static nint Function(string name) => NativeLibrary.GetExport(Library, name);

    // Where faiss.sh puts it, in the folder of build output that this program is in.
    private static nint Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "faiss", Name);
            if (folder.Name == "artifacts" && File.Exists(path))
            {
                return NativeLibrary.Load(path);
            }
        }

        return 0;
    }
}
