namespace MemU.Maintenance;

/// <summary>The types of the lines of an export, in the order in which they are written. The lines of a blob follow its resource.</summary>
internal static class RecordTypes
{
    public const string Header = "header";
    public const string Resource = "resource";
    public const string Blob = "blob";
    public const string Passage = "passage";
    public const string Category = "category";
    public const string Item = "item";
    public const string Relation = "relation";
    public const string History = "history";
    public const string Vector = "vector";
    public const string End = "end";
}
