using MemU.Edit;
using MemU.Maintenance;
using MemU.Storage;

namespace MemU.Crash;

/// <summary>One thing that a process does to a space before it ends. Done already, it does nothing.</summary>
internal static class SingleDeed
{
    /// <summary>What an edited note says.</summary>
    public const string Edited = "Remember rather zqedit.";

    /// <param name="host">The data.</param>
    /// <param name="user">Whose space.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="what">The id or the file that it is done with; empty when it needs none.</param>
    public static Task DoAsync(MemUHost host, string user, string deed, string what) => deed switch
    {
        "edit" => host.OpenSpace(user).UpdateItemAsync(what, new ItemEdit { Summary = Edited }),
        "remove" => host.OpenSpace(user).DeleteItemAsync(what),
        "forget" => host.OpenSpace(user).DeleteResourceAsync(what),
        "import" => ImportAsync(host.OpenSpace(user), what),
        "reindex" => host.OpenSpace(user).ReindexAsync(new ReindexOptions { All = true }),
        "reindex anew" => host.OpenSpace(user).ReindexAsync(new ReindexOptions { Anew = true }),
        "erase" => host.Maintenance.EraseAsync(new MemoryScope(user)),
        _ => throw new ArgumentException($"There is no deed '{deed}'.", nameof(deed)),
    };

    private static async Task ImportAsync(MemorySpace space, string file)
    {
        await using var export = File.OpenRead(file);
        await space.ImportAsync(export);
    }
}
