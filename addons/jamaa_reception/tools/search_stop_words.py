"""Words that say nothing about the matter, folded by ``search_text`` before they are compared.

Words of politeness, of wanting and asking, pronouns, prepositions and articles: standard
Arabic, the dialect in Arabic and in Latin letters, French.
"""

_ARABIC = """
في من على الى عن مع او ثم هذا هذه ذلك تلك التي الذي ماذا هل كيف متى اين لماذا لكن ان انا نحن هو هي هم
كان يكون عند عندي لدي لي بي له لها قد لا لم لن كل بعض غير اجل اريد ارغب احتاج يجب يمكن الحصول احصل استخراج
اللازمه المطلوبه المطلوب اللازم الوثائق طلب كيفيه طريقه شروط اجراءات مسطره مساطر ومن وهل حول دون بدون قبل بعد
"""
_DIALECT = """
بغيت بغا بغينا باغي باغيه نبغي بغيتو ندير نديرو دير ديرو كيندير كانديرو خص خصني خاصني خصنا خاصو خصو خاص تيخصني كيخصني
كيفاش كيداير كيفا واش اش اشنو شنو شنهو اشمن شمن فين فاين منين علاش وقتاش شحال باش حيت ديال ديالي ديالو
ديالها ديالنا ديالكم د ديالهم تاع نتاع متاع عندو عندها عندنا كاين كاينه ماكاينش هاد هادي هداك هديك داك ديك
راه راني غادي غادا نخرج نجيب نجبد نصاوب نعمل نقضي ناخد نشد نمشي عافاك عفاك الله يخليك شي شوي لاش حتى واحد واحده
ولا ليا ليه ليها لينا فيا بيا معايا هنا هنايا دابا السلام عليكم سلام خويا الشريف لالا مرحبا
لا لي لو دو دي دال ديل لاه بور كي
"""
_DIALECT_LATIN = """
bghit bghina baghi baghya bgha nbghi ndir ndiro dir khas khassni khasni khssni khassna chno chnou chnoua achno achnou
wach wesh kifach kifash fin fine feen mnin 3lach alach chhal ch7al bach dyal dial dyali diali dyalo dyalha
3ndi andi 3afak afak 3la ala hadi had hadak chi wahd wa7d men ana nta nakhod nakhed njib nkharrej nkherrej
nsaweb salam salamo f l d o w li lia liya m3a
"""
_FRENCH = """
le la les l un une des de du d au aux a et ou en dans sur sous par pour pr sans avec chez je j tu il elle on nous
vous ils elles me m te se s ce c cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
qui que quoi quel quelle quels quelles dont comment coment comen ou quand pourquoi combien est sont etre suis ai
as avons avez ont avoir fait faut veux veu voudrais voudrai vouloir dois doit devoir peux peut puis faire fais
besoin obtenir avoir demander demande aller trouver ya y svp stp bonjour salut merci ne pas plus si mais donc
tout tous toute toutes nouveau chercher cherche moi fo
"""

STOP_WORDS = " ".join((_ARABIC, _DIALECT, _DIALECT_LATIN, _FRENCH))
