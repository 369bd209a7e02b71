"""What the invented citizens write: subject, facts and place, by category.

All of it is invented. Places carry numbers instead of names, people do not occur.
"""

# (category, kind, language, subject, facts, place)
SUBJECTS = [
    ("lighting", "complaint", "ar", "مصباح الإنارة العمومية معطل",
     "المصباح أمام المدرسة معطل منذ أسبوعين. الأطفال يعودون في الظلام.", "حي المثال 3، أمام المدرسة"),
    ("lighting", "complaint", "fr", "Rue sans éclairage",
     "Trois lampadaires sont éteints depuis dix jours entre le souk et l'arrêt de bus.", "Rue de l'Exemple 12"),
    ("lighting", "proposal", "ar", "اقتراح إضافة الإنارة قرب الحديقة",
     "أقترح إضافة مصباحين قرب مدخل الحديقة لأن الممر مظلم مساء.", "حديقة المثال 1"),
    ("roads", "complaint", "ar", "حفرة كبيرة في الطريق",
     "توجد حفرة عميقة وسط الطريق وقد تسببت في سقوط دراجة نارية.", "شارع المثال 7، قرب المخبزة"),
    ("roads", "complaint", "fr", "Trottoir affaissé",
     "Le trottoir s'est affaissé devant le dispensaire ; les personnes en fauteuil ne passent plus.",
     "Avenue de l'Exemple 2, devant le dispensaire"),
    ("roads", "remark", "ar", "لوحة التشوير غير ظاهرة",
     "لوحة قف مغطاة بأغصان الشجرة ولا يراها السائقون.", "ملتقى شارعي المثال 4 و5"),
    ("cleaning", "complaint", "ar", "تراكم النفايات",
     "لم تمر شاحنة جمع النفايات منذ أربعة أيام والحاوية ممتلئة.", "حي المثال 9"),
    ("cleaning", "complaint", "fr", "Dépôt sauvage de gravats",
     "Des gravats sont déposés chaque nuit sur le terrain à côté de l'école.", "Quartier de l'Exemple 6"),
    ("cleaning", "proposal", "fr", "Une benne de plus le jour du souk",
     "Le jour du souk la benne est pleine à midi. Une seconde benne suffirait.", "Souk hebdomadaire"),
    ("green", "complaint", "ar", "شجرة مهددة بالسقوط",
     "شجرة مائلة بعد الرياح الأخيرة وقد تسقط على الممر.", "ساحة المثال 2"),
    ("green", "remark", "fr", "Arrosage en plein midi",
     "L'arrosage du jardin se fait à midi, l'eau s'évapore. Merci de l'avancer au matin.", "Jardin de l'Exemple 1"),
    ("urbanism", "complaint", "ar", "أشغال بناء بدون احترام التوقيت",
     "أشغال الورش تبدأ قبل السادسة صباحا كل يوم.", "تجزئة المثال 14"),
    ("urbanism", "complaint", "fr", "Réponse tardive à une demande d'autorisation",
     "J'ai déposé ma demande il y a trois mois et je n'ai reçu ni réponse ni motif.", "Siège de la commune"),
    ("reception", "complaint", "ar", "انتظار طويل في شباك الحالة المدنية",
     "انتظرت ساعتين للحصول على نسخة موجزة ولم تكن هناك أوراق الدور.", "الملحقة الجماعية 1"),
    ("reception", "remark", "ar", "شكر لموظفي الاستقبال",
     "أشكر موظفي الاستقبال على حسن التوجيه ومساعدة والدتي.", "مقر الجماعة"),
    ("reception", "complaint", "fr", "On m'a demandé une pièce non affichée",
     "Au guichet on m'a demandé une copie légalisée qui ne figure pas sur la liste affichée.", "Annexe communale 2"),
    ("hygiene", "complaint", "ar", "كلاب ضالة قرب المدرسة",
     "مجموعة من الكلاب الضالة تتجول قرب باب المدرسة صباحا.", "حي المثال 5"),
    ("hygiene", "report", "ar", "تسرب مياه عادمة",
     "تسرب المياه العادمة في الزقاق منذ ثلاثة أيام والرائحة كريهة.", "زقاق المثال 21"),
    ("water", "complaint", "fr", "Fuite d'eau sur la voie publique",
     "L'eau coule sur la chaussée depuis ce matin au niveau du numéro 8.", "Rue de l'Exemple 8"),
    ("transport", "proposal", "ar", "موقف للحافلة أقرب إلى المستوصف",
     "الموقف الحالي بعيد عن المستوصف بالنسبة لكبار السن.", "شارع المثال 1"),
]

ANSWERS = {
    "ar": "عاينت المصلحة المكان يوم التدخل وأنجزت الإصلاح اللازم. إذا عاد المشكل فيمكنكم الجواب من صفحة التتبع.",
    "fr": "Le service s'est rendu sur place et a fait la réparation nécessaire. Si le problème revient, "
          "vous pouvez le dire depuis la page de suivi.",
}
